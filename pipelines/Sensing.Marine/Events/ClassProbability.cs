using System.ComponentModel;
using Sensing.Marine.Impacts;

namespace Sensing.Marine.Events;

/// <summary>One class of an impact with its probability.</summary>
public sealed record ClassProbability
{
    [Description("The class.")]
    public required ImpactClass Class { get; init; }

    [Description("Calibrated probability, 0 to 1.")]
    public required double Probability { get; init; }
}
