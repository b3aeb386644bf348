namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of the latest events, for the OpenAPI document.</summary>
public sealed record LatestDocument
{
    public required IReadOnlyList<EventDocument> Items { get; init; }
}
