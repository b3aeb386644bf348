namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of roll-ups, for the OpenAPI document.</summary>
public sealed record RollupsDocument
{
    public required IReadOnlyList<RollupDocument> Items { get; init; }
}
