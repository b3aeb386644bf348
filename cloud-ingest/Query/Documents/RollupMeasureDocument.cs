using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of a measure in a roll-up, for the OpenAPI document.</summary>
public sealed record RollupMeasureDocument
{
    [Description("Events of the interval that carry the number.")]
    public required long Count { get; init; }

    public required double Mean { get; init; }

    public required double Min { get; init; }

    public required double Max { get; init; }
}
