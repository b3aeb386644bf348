using Sensing.TrafficCamera.Signals;

namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>The comparator: every ten seconds the phase with the most queued vehicles, as the published max-pressure does it; with the same
/// yellow and all-red, and from the same cameras.</summary>
internal sealed class PlainMaxPressure(SumoJunction junction)
{
    private const int PeriodSeconds = 10, YellowSeconds = 3, AllRedSeconds = 1;

    private int _phase;
    private int _next;
    private int _second;
    private int _changing;

    public string Control(IEnumerable<ApproachReading> readings)
    {
        if (_second++ % PeriodSeconds == 0)
        {
            ApproachReading[] all = [.. readings];
            double Queue(int phase) => Enumerable.Range(0, junction.GreenStates[phase].Length).Where(i => junction.GreenStates[phase][i] != 'r')
                .Select(junction.LaneOf).Distinct().Sum(l => all.First(a => a.Approach == l.Edge).Lanes.First(r => r.Lane == l.Lane).Count ?? 0);
            _next = Enumerable.Range(0, junction.GreenStates.Length).OrderByDescending(Queue).ThenBy(p => p == _phase ? 0 : 1).First();
            _changing = _next == _phase ? 0 : YellowSeconds + AllRedSeconds;
        }

        string from = junction.GreenStates[_phase], to = junction.GreenStates[_next];
        if (_changing == 0)
        {
            _phase = _next;
            return to;
        }

        bool yellow = _changing > AllRedSeconds;
        _changing--;
        return string.Concat(from.Select((c, i) => c == 'r' || to[i] != 'r' ? c : yellow ? 'y' : 'r'));
    }
}
