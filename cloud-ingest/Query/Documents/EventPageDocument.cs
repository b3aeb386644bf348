using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of a page of events, for the OpenAPI document.</summary>
public sealed record EventPageDocument
{
    public required IReadOnlyList<EventDocument> Items { get; init; }

    [Description("Give it as 'cursor' for the next page; null where there is none now. A page may be shorter than its limit and still have a next one.")]
    public string? Next { get; init; }
}
