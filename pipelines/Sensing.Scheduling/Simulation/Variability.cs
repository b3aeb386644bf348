namespace Sensing.Scheduling.Simulation;

/// <summary>The named scenarios: a cloud that moves, and workloads that differ from the paper's in more than number.</summary>
public static class Variability
{
    private const long Second = 1_000_000;
    private const long Millisecond = 1_000;

    /// <summary>Real models take 6 to 65 ms where the table has 142 to 739.</summary>
    private const double FastEdge = 8;

    /// <summary>All names, <c>calm</c> first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "calm", "step", "ramp", "bandwidth", "outage", "storm", "fast-edge", "tails", "poisson", "churn", "fail-fast", "shared-uplink",
    ];

    /// <summary>The conditions of one run.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="duration">Length of the run, µs; the scenarios scale with it.</param>
    /// <param name="seed">For the scenarios that are drawn.</param>
    /// <returns>Null if there is no such scenario.</returns>
    public static CloudConditions? Find(string name, long duration, long seed) => name switch
    {
        "calm" or "fast-edge" or "tails" or "poisson" or "churn" or "shared-uplink" => new CloudConditions(name, [], []),
        "step" => new CloudConditions(name, Steps(duration), []),
        "ramp" => new CloudConditions(name, Ramp(duration), []),
        "bandwidth" => new CloudConditions(name, Bandwidth(duration, seed), []),
        "outage" => new CloudConditions(name, [], Outages(duration)),
        "storm" => new CloudConditions(name, Bandwidth(duration, seed), Outages(duration)),
        "fail-fast" => new CloudConditions(name, [], Outages(duration)) { RefusedAfter = 5 * Millisecond },
        _ => null,
    };

    /// <summary>The workload as a scenario changes it; unchanged where only the cloud moves.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="workload">Whose types, arrivals, tails or link are replaced; the name stays.</param>
    public static Workload Shape(string name, Workload workload) => name switch
    {
        "fast-edge" => workload.WithEdgeSpeed(FastEdge),
        "tails" => workload with { EdgeTail = new TailOptions(0.1, 3) },
        "poisson" => workload with { Arrivals = new ArrivalOptions { Kind = ArrivalKind.Poisson } },
        "churn" => workload with { Arrivals = new ArrivalOptions { MeanPresence = 30 * Second, MeanAbsence = 15 * Second } },
        "shared-uplink" => workload with { Uplink = new UplinkOptions() },
        _ => workload,
    };

    /// <summary>Two steps, +300 ms and +150 ms, each for a fifth of the run: another route is taken.</summary>
    private static List<(long, long)> Steps(long duration)
    {
        long fifth = duration / 5;
        return
        [
            (fifth, 0), (fifth, 300 * Millisecond), (2 * fifth, 300 * Millisecond), (2 * fifth, 0),
            (3 * fifth, 0), (3 * fifth, 150 * Millisecond), (4 * fifth, 150 * Millisecond), (4 * fifth, 0),
        ];
    }

    /// <summary>A trapezium, as the paper shapes latency: up to +400 ms, held, and down again.</summary>
    private static List<(long, long)> Ramp(long duration) =>
    [
        (duration / 5, 0), (2 * duration / 5, 400 * Millisecond), (3 * duration / 5, 400 * Millisecond), (4 * duration / 5, 0),
    ];

    /// <summary>
    /// A cellular uplink on the move, a value each second: log-bandwidth wanders around 12 Mbit/s and falls as low as
    /// 0.8; a segment of 100 kB rides on it. The table's cloud times include the transfer at 12 Mbit/s.
    /// </summary>
    private static List<(long, long)> Bandwidth(long duration, long seed)
    {
        var stream = new SeededStream(seed, "bandwidth");
        var knots = new List<(long, long)>();
        double log = 0;
        for (long at = 0; at < duration + (2 * Second); at += Second)
        {
            log = (0.92 * log) + (0.35 * stream.Normal());
            double megabits = Math.Clamp(12 * Math.Exp(log), 0.8, 60);
            long added = Math.Max(0, (long)(0.8 * ((1 / megabits) - (1 / 12.0)) * Second));
            knots.Add((at, added));
            knots.Add((at + Second - 1, added));
        }

        return knots;
    }

    /// <summary>Three outages: 3 s, 10 s and 30 s out of 300 s.</summary>
    private static List<(long, long)> Outages(long duration)
    {
        long percent = duration / 100;
        return [(15 * percent, 16 * percent), (35 * percent, (38 * percent) + (percent / 3)), (65 * percent, 75 * percent)];
    }
}
