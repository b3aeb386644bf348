using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of the latest events, for the OpenAPI document.</summary>
public sealed record LatestDocument
{
    public required IReadOnlyList<EventDocument> Items { get; init; }

    [Description("Where the next page begins: 'cursor' of the next request; null: this was the last.")]
    public required string? Next { get; init; }
}
