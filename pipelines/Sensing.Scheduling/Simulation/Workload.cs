namespace Sensing.Scheduling.Simulation;

/// <summary>What an edge is given: how many drones, which task types a segment spawns, for how long.</summary>
public sealed record Workload
{
    /// <summary>Name in tables, such as <c>3-active</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Drones an edge.</summary>
    public required int Drones { get; init; }

    /// <summary>One task of each for every segment.</summary>
    public required IReadOnlyList<InferenceTaskType> Types { get; init; }

    /// <summary>Segments arrive from 0 up to this, µs (default: 300 s).</summary>
    public long Duration { get; init; } = 300_000_000;

    /// <summary>Between a drone's segments, µs (default: 1 s).</summary>
    public long SegmentPeriod { get; init; } = 1_000_000;

    /// <summary>When segments arrive (default: periodic, each drone at its own phase).</summary>
    public ArrivalOptions Arrivals { get; init; } = ArrivalOptions.Periodic;

    /// <summary>Slow runs on the edge (default: none beyond the log-normal spread).</summary>
    public TailOptions EdgeTail { get; init; } = TailOptions.None;

    /// <summary>Slow calls of the cloud (default: none beyond the log-normal spread).</summary>
    public TailOptions CloudTail { get; init; } = TailOptions.None;

    /// <summary>By how much longer an edge run takes that starts from a time on, µs, such as throttling (default: never). In order.</summary>
    public IReadOnlyList<(long From, double Factor)> EdgeSlowdowns { get; init; } = [];

    /// <summary>The link that all cloud calls share (default: none, cloud times include the transfer).</summary>
    public UplinkOptions? Uplink { get; init; }

    /// <summary>Calls that the cloud runs at a time; more wait their turn (default: 0, no limit).</summary>
    public int CloudSlots { get; init; }

    /// <summary>Factor on the time of an edge run that starts at a time.</summary>
    public double EdgeSlowdownAt(long time)
    {
        double factor = 1;
        foreach ((long from, double slower) in EdgeSlowdowns)
        {
            factor = from <= time ? slower : factor;
        }

        return factor;
    }

    /// <summary>The paper's six: {2, 3, 4} drones × {passive, active}.</summary>
    public static IReadOnlyList<Workload> Published { get; } =
        [Passive(2), Passive(3), Passive(4), Active(2), Active(3), Active(4)];

    /// <summary>The same on an accelerator that is this much faster, with times that policies know.</summary>
    public Workload WithEdgeSpeed(double speed) =>
        this with { Types = [.. Types.Select(t => t with { EdgeMs = Math.Max(1, (int)Math.Round(t.EdgeMs / speed)) })] };

    public static Workload Passive(int drones) =>
        new() { Name = $"{drones}-passive", Drones = drones, Types = PublishedTaskTypes.Passive };

    public static Workload Active(int drones) =>
        new() { Name = $"{drones}-active", Drones = drones, Types = PublishedTaskTypes.Active };

    /// <summary>Reads <c>N-passive</c> or <c>N-active</c>; null if it is neither.</summary>
    public static Workload? Find(string name)
    {
        string[] parts = name.Split('-');
        return parts.Length != 2 || !int.TryParse(parts[0], out int drones) || drones is < 1 or > 1000 ? null
            : parts[1] switch
            {
                "passive" => Passive(drones),
                "active" => Active(drones),
                _ => null,
            };
    }
}
