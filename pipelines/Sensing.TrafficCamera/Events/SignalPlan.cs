using System.ComponentModel;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.signal-plan.v1</c>: what a junction's signals should show from the event's time on.</summary>
public sealed record SignalPlan
{
    [Description("Name of the junction.")]
    public required string Junction { get; init; }

    [Description("Phase that is green, or that ends while the stage is yellow or allRed.")]
    public required string Phase { get; init; }

    [Description("Phase that follows; absent while none has been chosen.")]
    public string? NextPhase { get; init; }

    [Description("green, yellow or allRed.")]
    public required SignalStage Stage { get; init; }

    [Description("Time since the stage began, s.")]
    public required double ElapsedSeconds { get; init; }

    [Description("Who decides: rule, fixedPlan, starvation, preemption, recovery or start.")]
    public required SignalMode Mode { get; init; }

    [Description("Why, in plain words.")]
    public required string Reason { get; init; }

    [Description("Why the fixed plan runs instead of the configured rule; absent while the readings are usable.")]
    public string? Fallback { get; init; }

    [Description("What each signal group shows.")]
    public required SignalGroupState[] Groups { get; init; }

    [Description("Changes that are certain or, within a green, the earliest and the latest possible; in order of time.")]
    public required SignalPlanChange[] Next { get; init; }
}
