namespace Sensing.TrafficCamera.Signals;

/// <summary>Max-pressure (Varaiya, "Max pressure control of a network of signalized intersections", 2013) with the lost time in the rule.</summary>
/// <remarks>
/// Varaiya's pressure of a phase is the sum over its lanes of queue times saturation flow: vehicles served per second, each weighted with
/// the queue that it stands in. Queues downstream are not seen. Here
/// <list type="bullet">
/// <item>another phase's pressure is the mean over the change there, its green, and the change back, at the length of green that is best for
/// it: a change serves nobody;</item>
/// <item>a green serves no more than the vehicles that are there, so a queue that has left has no pressure (gap-out), and a vehicle on
/// its way to the stop line still has (extension);</item>
/// <item>the weight is the root of the queue: between the highest throughput (no weight), which leaves short queues waiting, and
/// the queue itself, which leaves long ones half served.</item>
/// </list>
/// </remarks>
internal sealed class MaxPressureRule(JunctionLayout layout) : ISignalRule
{
    private const double GreenStepSeconds = 5;

    public int Choose(SignalGuard lamps, JunctionTraffic traffic, out Func<string> reason)
    {
        int now = lamps.Phase, best = now;
        double own = Present(now, traffic), highest = lamps.Elapsed >= layout.LongestGreen[now] ? 0 : own;
        for (int phase = 0; phase < layout.Phases; phase++)
        {
            if (phase != now && Mean(now, phase, traffic) is var pressure && pressure > highest)
            {
                (best, highest) = (phase, pressure);
            }
        }

        double chosen = highest;
        int next = best;
        reason = () => FormattableString.Invariant(
            $"max-pressure: {chosen:0.0} for '{layout.Options.Phases[next].Name}', changes included, {own:0.0} for '{layout.Options.Phases[now].Name}'");
        return best;
    }

    public void Save(BinaryWriter state)
    {
    }

    public void Load(BinaryReader state)
    {
    }

    private static double Seconds(long ticks) => TimeSpan.FromTicks(ticks).TotalSeconds;

    private static double Weight(double waiting) => Math.Sqrt(Math.Max(1, waiting));

    /// <summary>Pressure of the phase that is green: a last vehicle takes the headway of saturation flow.</summary>
    private static double Present(int phase, JunctionTraffic traffic)
    {
        double sum = 0;
        for (int lane = 0; lane < traffic.Lanes; lane++)
        {
            double waiting = traffic[lane].Waiting;
            sum += Weight(waiting) * Math.Min(traffic[lane].HeadRate(phase), waiting * LaneTraffic.SaturationPerSecond);
        }

        return sum;
    }

    /// <summary>Pressure of another phase over its green and the changes there and back.</summary>
    private double Mean(int now, int phase, JunctionTraffic traffic)
    {
        double lost = traffic.LostSeconds(now, phase) + traffic.LostSeconds(phase, now), best = 0;
        for (double green = Seconds(layout.ShortestGreen[phase]); green <= Seconds(layout.LongestGreen[phase]); green += GreenStepSeconds)
        {
            double sum = 0;
            for (int lane = 0; lane < traffic.Lanes; lane++)
            {
                double waiting = traffic[lane].Waiting;
                sum += Weight(waiting) * Math.Min(waiting, traffic[lane].HeadRate(phase) * green);
            }

            best = Math.Max(best, sum / (lost + green));
        }

        return best;
    }
}
