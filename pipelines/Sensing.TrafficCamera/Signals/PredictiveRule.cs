namespace Sensing.TrafficCamera.Signals;

/// <summary>Compares "change now" with "hold" by the delay that each leads to over a rolling horizon.</summary>
/// <remarks>
/// A rollout in the sense of Bertsekas: each candidate (how long to hold, which phase then) is followed by a plain base policy, and
/// point queues say what delay results. The idea of a rolling horizon is OPAC's (Gartner 1983) and COP's (Sen and Head 1997). The base policy
/// stays as long as the phase discharges more than the best other phase would on average, its lost time included; what
/// is left at the end of the horizon counts by the delay of its discharge, quadratic as in max-pressure.
/// Renewed each second, so only the first second of the best candidate is ever used: a green ends when its queue has
/// left (gap-out), later when a platoon follows, sooner when others wait in vain.
/// </remarks>
internal sealed class PredictiveRule(JunctionLayout layout) : ISignalRule
{
    private const int HorizonSeconds = 75;

    /// <summary>Vehicles per second that a lane discharges in the long run, for what is left after the horizon: its saturation flow
    /// with a green share of 0.4.</summary>
    private const double LongRunPerSecond = 0.4 * LaneTraffic.SaturationPerSecond;

    private static readonly int[] Holds = [0, 1, 3, 6, 10, 15, 22, 30];

    private readonly double[] _queue = new double[layout.Lanes.Length];
    private readonly double[] _held = new double[layout.Lanes.Length];

    public int Choose(SignalGuard lamps, JunctionTraffic traffic, out Func<string> reason)
    {
        int now = lamps.Phase, best = now;
        bool over = lamps.Elapsed >= layout.LongestGreen[now];
        double hold = over ? double.PositiveInfinity : Predict(lamps, traffic, HorizonSeconds, now), change = double.PositiveInfinity;
        for (int phase = 0; phase < layout.Phases; phase++)
        {
            // A phase that nobody waits for is never worth a change.
            if (phase == now || traffic.Waiting(phase) < 0.5)
            {
                continue;
            }

            foreach (int seconds in over ? Holds.AsSpan(0, 1) : Holds)
            {
                double cost = Predict(lamps, traffic, seconds, phase);
                if (seconds > 0)
                {
                    hold = Math.Min(hold, cost);
                }
                else if (cost < change)
                {
                    (best, change) = (phase, cost);
                }
            }
        }

        double saved = hold - change;
        int next = best;
        reason = () => over
            ? $"the longest green of '{layout.Options.Phases[now].Name}' is over and '{layout.Options.Phases[next].Name}' waits"
            : FormattableString.Invariant($"predictive: a change to '{layout.Options.Phases[next].Name}' now saves {saved:0} vehicle-seconds over any later one");
        return change < hold ? best : now;
    }

    public void Save(BinaryWriter state)
    {
    }

    public void Load(BinaryReader state)
    {
    }

    /// <summary>Delay over the horizon, vehicle-seconds: hold, then change to <paramref name="next"/>, then the base policy.</summary>
    private double Predict(SignalGuard lamps, JunctionTraffic traffic, int holdSeconds, int next)
    {
        int phase = lamps.Phase, changing = 0;
        int green = (int)(lamps.Elapsed / TimeSpan.TicksPerSecond);
        int from = phase;
        bool planned = true;
        for (int lane = 0; lane < _queue.Length; lane++)
        {
            _queue[lane] = traffic[lane].Waiting;
            _held[lane] = traffic[lane].Blocked ? 1 : 0;
        }

        double delay = 0;
        for (int second = 0; second < HorizonSeconds; second++)
        {
            if (changing == 0)
            {
                int wanted = planned ? second >= holdSeconds ? next : phase : Base(traffic, phase, green);
                if (wanted != phase)
                {
                    planned = false;
                    from = phase;
                    phase = wanted;
                    green = 0;
                    changing = ChangeSeconds(from, phase) + (int)JunctionTraffic.StartUpSeconds;
                }
            }

            delay += Step(traffic, phase, changing > 0 ? from : -1);
            if (changing > 0)
            {
                changing--;
            }
            else
            {
                green++;
            }
        }

        foreach (double left in _queue)
        {
            delay += left * left / (2 * LongRunPerSecond);
        }

        return delay;
    }

    /// <summary>One second of all lanes.</summary>
    private double Step(JunctionTraffic traffic, int phase, int from)
    {
        double sum = 0;
        for (int lane = 0; lane < _queue.Length; lane++)
        {
            double rate = Rate(traffic, lane, phase);

            // In a change only lanes that are green before and after it move.
            rate = from < 0 ? rate : traffic.Open(lane, phase) && traffic.Open(lane, from) ? Math.Min(rate, Rate(traffic, lane, from)) : 0;
            double before = _queue[lane] + traffic[lane].Arrivals;
            double after = Math.Max(0, before - rate);
            if (_held[lane] > 0)
            {
                _held[lane] -= before - after;
            }

            _queue[lane] = after;
            sum += after;
        }

        return sum;
    }

    /// <summary>The phase that the base policy wants.</summary>
    private int Base(JunctionTraffic traffic, int phase, int green)
    {
        double shortest = TimeSpan.FromTicks(layout.ShortestGreen[phase]).TotalSeconds;
        if (green < shortest)
        {
            return phase;
        }

        double own = 0;
        for (int lane = 0; lane < _queue.Length; lane++)
        {
            double rate = Rate(traffic, lane, phase);
            own += _queue[lane] >= 1 ? rate : Math.Min(rate, traffic[lane].Arrivals);
        }

        int best = phase;
        double highest = green >= TimeSpan.FromTicks(layout.LongestGreen[phase]).TotalSeconds ? 0 : own;
        for (int other = 0; other < layout.Phases; other++)
        {
            if (other != phase && MeanRate(traffic, phase, other) is var mean && mean > highest)
            {
                (best, highest) = (other, mean);
            }
        }

        return best;
    }

    /// <summary>What a phase would discharge per second of change and green, at its best length.</summary>
    private double MeanRate(JunctionTraffic traffic, int from, int phase)
    {
        double lost = ChangeSeconds(from, phase) + JunctionTraffic.StartUpSeconds;
        double shortest = TimeSpan.FromTicks(layout.ShortestGreen[phase]).TotalSeconds;
        double best = 0;
        for (int k = 0; k < 3; k++)
        {
            double green = shortest + (8 * k), served = 0;
            for (int lane = 0; lane < _queue.Length; lane++)
            {
                served += Math.Min(_queue[lane] + (traffic[lane].Arrivals * lost), Rate(traffic, lane, phase) * green);
            }

            best = Math.Max(best, served / (lost + green));
        }

        return best;
    }

    private double Rate(JunctionTraffic traffic, int lane, int phase) => _held[lane] <= 0 ? traffic[lane].Saturation(phase)
        : traffic.Releases(lane, phase) ? LaneTraffic.SaturationPerSecond : 0;

    private int ChangeSeconds(int from, int to) => (int)Math.Ceiling(TimeSpan.FromTicks(layout.ChangeTicks(from, to)).TotalSeconds);
}
