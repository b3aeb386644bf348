using System.ComponentModel;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Events;

/// <summary>What a signal group shows.</summary>
public sealed record SignalGroupState
{
    [Description("Name of the group.")]
    public required string Group { get; init; }

    [Description("red, yellow, green, or permissive: a green that yields.")]
    public required SignalAspect Aspect { get; init; }
}
