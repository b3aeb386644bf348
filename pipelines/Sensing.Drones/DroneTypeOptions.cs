using Sensing.Configuration;
using Sensing.Drones.Live;

namespace Sensing.Drones;

/// <summary>One task type: what is left out is as published.</summary>
public sealed record DroneTypeOptions
{
    [Option("The task.", Required = true)]
    public DroneTaskKind Task { get; init; }

    [Option("β: what a result by the deadline is worth.", Min = 0, Max = 100000)]
    public int? Benefit { get; init; }

    [Option("δ: from the segment's arrival to the deadline, ms.", Min = 1, Max = 60000)]
    public int? DeadlineMs { get; init; }

    [Option("κ: cost of a run on the edge.", Min = 0, Max = 100000)]
    public int? EdgeCost { get; init; }

    [Option("κ̂: cost of a cloud call.", Min = 0, Max = 100000)]
    public int? CloudCost { get; init; }

    [Option("t̂: time of a cloud call that is expected at first, ms; policies learn it from then on.", Min = 1, Max = 60000)]
    public int? CloudMs { get; init; }

    [Option("Bonus of a window in which enough of this type's tasks were done.", Min = 0, Max = 100000)]
    public int? QoeBonus { get; init; }
}
