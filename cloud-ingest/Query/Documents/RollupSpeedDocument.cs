namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of a number in a roll-up, for the OpenAPI document.</summary>
public sealed record RollupSpeedDocument
{
    public required long Count { get; init; }

    public required double Mean { get; init; }

    public required double Min { get; init; }

    public required double Max { get; init; }
}
