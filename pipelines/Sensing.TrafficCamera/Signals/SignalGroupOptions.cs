using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Lamps that always show the same: one movement, or several of an approach.</summary>
public sealed record SignalGroupOptions
{
    [Option("Name of the group, for phases, conflicts and plans.", Required = true, Min = 1, Max = 100)]
    public string Name { get; init; } = "";

    [Option("Whom the group faces. A pedestrian group stays green for pedestrianMinGreenSeconds at least.")]
    public SignalGroupKind Kind { get; init; } = SignalGroupKind.Vehicle;

    [Option("Lanes that the group serves. A lane of several movements is listed by each of their groups.", Max = 16)]
    public GroupLaneOptions[] Lanes { get; init; } = [];

    [Option("Time that the junction needs to clear after this group's yellow, s, where it is longer than allRedSeconds: "
        + "a wide junction, a crossing on foot.", Min = 0, Max = 60)]
    public double ClearanceSeconds { get; init; }
}
