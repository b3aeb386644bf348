using System.ComponentModel;

namespace Sensing.Drones.Events;

/// <summary>How much of a task type's runs one model variant has taken.</summary>
public sealed record VariantShare
{
    [Description("The variant, such as centernet-416.")]
    public required string Variant { get; init; }

    [Description("Share of the runs, 0 to 1.")]
    public required double Share { get; init; }

    [Description("95th percentile of its time on the edge as it is believed now, ms; absent for a variant that the edge has not run.")]
    public double? EdgeMs { get; init; }
}
