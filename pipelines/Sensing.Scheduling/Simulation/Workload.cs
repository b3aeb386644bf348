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

    /// <summary>The paper's six: {2, 3, 4} drones × {passive, active}.</summary>
    public static IReadOnlyList<Workload> Published { get; } =
        [Passive(2), Passive(3), Passive(4), Active(2), Active(3), Active(4)];

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
