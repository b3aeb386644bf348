namespace Sensing.Scheduling.Simulation;

/// <summary>Draws the segments of a run.</summary>
internal static class ArrivalDraw
{
    /// <summary>In order of time, then drone.</summary>
    public static List<(long At, int Drone)> Segments(Workload workload, long seed)
    {
        ArrivalOptions arrivals = workload.Arrivals;
        if (arrivals.Kind == ArrivalKind.Trace)
        {
            return [.. arrivals.Trace.Where(s => s.At < workload.Duration).Order()];
        }

        var phases = new SeededStream(seed, "segment phase");
        var gaps = new SeededStream(seed, "gap between segments");
        var presence = new SeededStream(seed, "presence of drones");
        var segments = new List<(long At, int Drone)>();
        for (int drone = 0; drone < workload.Drones; drone++)
        {
            foreach ((long from, long to) in Stays(workload, presence))
            {
                AddStay(workload, from, to, drone, phases, gaps, segments);
            }
        }

        segments.Sort();
        return segments;
    }

    private static void AddStay(
        Workload workload, long from, long to, int drone, SeededStream phases, SeededStream gaps, List<(long, int)> segments)
    {
        long period = workload.SegmentPeriod;
        long jitter = workload.Arrivals.Jitter;
        long phase = from + (long)(phases.Uniform() * period);
        switch (workload.Arrivals.Kind)
        {
            case ArrivalKind.Poisson:
                for (long at = from + Exponential(period, gaps); at < to; at += Exponential(period, gaps))
                {
                    segments.Add((at, drone));
                }

                break;
            case ArrivalKind.Jittered:
                for (long at = phase; at < to; at += period)
                {
                    segments.Add((Math.Max(0, at + (long)(((2 * gaps.Uniform()) - 1) * jitter)), drone));
                }

                break;
            default:
                for (long at = phase; at < to; at += period)
                {
                    segments.Add((at, drone));
                }

                break;
        }
    }

    /// <summary>The spans in which a drone is there: throughout, or by turns.</summary>
    private static IEnumerable<(long From, long To)> Stays(Workload workload, SeededStream presence)
    {
        (long stay, long away) = (workload.Arrivals.MeanPresence, workload.Arrivals.MeanAbsence);
        if (stay <= 0 || away <= 0)
        {
            yield return (0, workload.Duration);
            yield break;
        }

        // In the long run's proportion at the start, so that the load does not begin with a ramp.
        bool there = presence.Uniform() < (double)stay / (stay + away);
        for (long at = 0; at < workload.Duration; there = !there)
        {
            long until = Math.Min(workload.Duration, at + Exponential(there ? stay : away, presence));
            if (there)
            {
                yield return (at, until);
            }

            at = until;
        }
    }

    /// <summary>At least 1 µs, so that time moves on.</summary>
    private static long Exponential(long mean, SeededStream stream) => 1 + (long)(-mean * Math.Log(1 - stream.Uniform()));
}
