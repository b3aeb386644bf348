using System.ComponentModel;
using Sensing.Marine.Impacts;

namespace Sensing.Marine.Events;

/// <summary>Payload of <c>sensing.marine.impact.v1</c>: the vessel has been struck, or has struck something.</summary>
/// <remarks>Two events an impact: the alarm, within 100 ms, and the record with the whole motion, which has the same number.</remarks>
public sealed record ImpactReport
{
    [Description("Number of the impact: that of its alarm and of its record. Impacts are numbered from 1 for each stream.")]
    public required long Number { get; init; }

    [Description("False: the alarm, at the first sight of the impact. True: the record, with severity and trace of the whole motion.")]
    public required bool Complete { get; init; }

    [Description("What happened.")]
    public required ImpactClass Class { get; init; }

    [Description("Probability that it is an impact at all: glancing, bow, beam or stern, 0 to 1.")]
    public required double ImpactProbability { get; init; }

    [Description("Calibrated probability of each class.")]
    public required IReadOnlyList<ClassProbability> Probabilities { get; init; }

    [Description("Largest acceleration without gravity, m/s².")]
    public required double PeakMs2 { get; init; }

    [Description("Largest rate of change of the acceleration, m/s³.")]
    public required double JerkMs3 { get; init; }

    [Description("Change of the velocity in the horizontal plane, m/s.")]
    public required double DeltaVMs { get; init; }

    [Description("Where the blow came from, ° from own bow, positive to starboard, -180 to 180.")]
    public required double DirectionDeg { get; init; }

    [Description("From the sample at which the motion began to that at which it was decided, ms of sensor time.")]
    public required double DecidedAfterMs { get; init; }

    [Description("The model that decided: name and version.")]
    public required string Model { get; init; }

    [Description("The motion from before to after the impact; in the record only.")]
    public ImpactTrace? Trace { get; init; }
}
