using Sensing.Steps;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Webster's method ("Traffic signal settings", Road Research Technical Paper 39, 1958) on measured flows, renewed each cycle.</summary>
/// <remarks>Cycle (1.5 L + 5) / (1 − Y) with lost time L and the sum Y of each phase's highest flow ratio; greens in proportion to the ratios.</remarks>
internal sealed class WebsterRule : ISignalRule
{
    /// <summary>Beyond this sum of flow ratios the formula has no useful cycle.</summary>
    private const double HighestLoad = 0.9;

    private readonly JunctionLayout _layout;
    private readonly int[] _order;
    private readonly long[] _greens;
    private int _at;

    public WebsterRule(JunctionLayout layout)
    {
        _layout = layout;
        _order = [.. layout.Splits.Select(s => s.Phase)];
        _greens = [.. layout.Splits.Select(s => s.Green)];
    }

    public int Choose(SignalGuard lamps, JunctionTraffic traffic, out Func<string> reason)
    {
        if (_order[_at] != lamps.Phase)
        {
            // Something else has led to this phase: the cycle continues from it.
            _at = Math.Max(0, Array.IndexOf(_order, lamps.Phase));
        }

        long green = _greens[_at];
        reason = () => FormattableString.Invariant($"Webster: the green of {TimeSpan.FromTicks(green).TotalSeconds:0.#} s is over");
        if (_order[_at] == lamps.Phase && lamps.Elapsed < green)
        {
            return lamps.Phase;
        }

        _at = (_at + 1) % _order.Length;
        if (_at == 0)
        {
            Renew(traffic);
        }

        return _order[_at];
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("webster-1");
        state.Write(_at);
        state.WriteArray<long>(_greens);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("webster-1");
        int at = state.ReadInt32();
        state.ReadArray<long>(_greens);
        _at = at >= 0 && at < _order.Length ? at
            : throw new InvalidDataException("The saved state of Webster's rule names a phase that its cycle lacks: it is of other options.");
    }

    private void Renew(JunctionTraffic traffic)
    {
        // A lane counts for the phase that serves most of its movements.
        var ratios = new double[_order.Length];
        for (int lane = 0; lane < traffic.Lanes; lane++)
        {
            int own = -1;
            for (int i = 0; i < _order.Length; i++)
            {
                if (traffic[lane].Share(_order[i]) > (own < 0 ? 0 : traffic[lane].Share(_order[own])))
                {
                    own = i;
                }
            }

            if (own >= 0)
            {
                ratios[own] = Math.Max(ratios[own], traffic[lane].Arrivals / traffic[lane].Saturation(_order[own]));
            }
        }

        double lost = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            lost += traffic.LostSeconds(_order[i], _order[(i + 1) % _order.Length]);
        }

        double load = ratios.Sum();
        double cycle = ((1.5 * lost) + 5) / (1 - Math.Min(load, HighestLoad));
        for (int i = 0; i < _order.Length; i++)
        {
            double share = load > 0 ? ratios[i] / load : 1.0 / _order.Length;
            double green = (cycle - lost) * share;
            _greens[i] = Math.Clamp(JunctionLayout.Ticks(green), _layout.ShortestGreen[_order[i]], _layout.LongestGreen[_order[i]]);
        }
    }
}
