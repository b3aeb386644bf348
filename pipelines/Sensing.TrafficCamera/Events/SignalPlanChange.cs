using System.ComponentModel;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Events;

/// <summary>A change that lies ahead.</summary>
public sealed record SignalPlanChange
{
    [Description("Time until then, s after the event's time.")]
    public required double InSeconds { get; init; }

    [Description("Stage that begins.")]
    public required SignalStage Stage { get; init; }

    [Description("Phase of that stage; absent where it has not been chosen.")]
    public string? Phase { get; init; }

    [Description("certain, earliest or latest.")]
    public required SignalPlanCertainty Certainty { get; init; }
}
