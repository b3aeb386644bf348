namespace Sensing.TrafficCamera.Signals;

/// <summary>Max-pressure (Varaiya, "Max pressure control of a network of signalized intersections", 2013) with the lost time in the rule.</summary>
/// <remarks>The pressure of a phase is the sum over its lanes of saturation flow times queue; the queues downstream are not seen. A
/// change serves nobody while it lasts, so another phase's pressure counts with the share of time in which it would be
/// served: green over green and change.</remarks>
internal sealed class MaxPressureRule(JunctionLayout layout) : ISignalRule
{
    public int Choose(SignalGuard lamps, JunctionTraffic traffic, out Func<string> reason)
    {
        int now = lamps.Phase, best = now;
        double own = Pressure(now, traffic, out _), highest = lamps.Elapsed >= layout.LongestGreen[now] ? 0 : own;
        for (int phase = 0; phase < layout.Phases; phase++)
        {
            if (phase != now && Pressure(phase, traffic, out double clear) is var pressure && pressure > 0)
            {
                double lost = TimeSpan.FromTicks(layout.ChangeTicks(now, phase)).TotalSeconds + JunctionTraffic.StartUpSeconds;
                double green = Math.Clamp(clear, Seconds(layout.ShortestGreen[phase]), Seconds(layout.LongestGreen[phase]));
                double served = pressure * green / (green + lost);
                if (served > highest)
                {
                    (best, highest) = (phase, served);
                }
            }
        }

        double chosen = highest;
        int name = best;
        reason = () => FormattableString.Invariant(
            $"max-pressure: {chosen:0.0} for '{layout.Options.Phases[name].Name}' with its lost time, {own:0.0} for '{layout.Options.Phases[now].Name}'");
        return best;
    }

    public void Save(BinaryWriter state)
    {
    }

    public void Load(BinaryReader state)
    {
    }

    private static double Seconds(long ticks) => TimeSpan.FromTicks(ticks).TotalSeconds;

    private static double Pressure(int phase, JunctionTraffic traffic, out double clearSeconds)
    {
        double sum = 0;
        clearSeconds = 0;
        for (int lane = 0; lane < traffic.Lanes; lane++)
        {
            double rate = traffic.Rate(lane, phase), waiting = traffic[lane].Waiting;
            sum += rate * waiting;
            clearSeconds = rate > 0 ? Math.Max(clearSeconds, waiting / rate) : clearSeconds;
        }

        return sum;
    }
}
