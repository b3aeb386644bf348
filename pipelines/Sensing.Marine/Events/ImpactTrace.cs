using System.ComponentModel;

namespace Sensing.Marine.Events;

/// <summary>The motion about an impact, at even intervals. The mean of the window is taken off.</summary>
public sealed record ImpactTrace
{
    [Description("Time of the first value, s after the impact's time; negative: before it.")]
    public required double FirstSeconds { get; init; }

    [Description("Time from one value to the next, s.")]
    public required double StepSeconds { get; init; }

    [Description("Acceleration ahead, m/s².")]
    public required IReadOnlyList<double> SurgeMs2 { get; init; }

    [Description("Acceleration to starboard, m/s².")]
    public required IReadOnlyList<double> SwayMs2 { get; init; }

    [Description("Acceleration down, m/s².")]
    public required IReadOnlyList<double> HeaveMs2 { get; init; }

    [Description("Rate about the vertical axis, °/s, positive to starboard.")]
    public required IReadOnlyList<double> YawDegS { get; init; }
}
