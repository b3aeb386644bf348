using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of one event type of a stream, for the OpenAPI document.</summary>
public sealed record StreamTypeDocument
{
    public required string Type { get; init; }

    [Description("Events stored since the store began, with those that retention has removed.")]
    public required long Count { get; init; }

    [Description("Event time of the latest event; a time ahead of its arrival does not stay latest.")]
    public required DateTimeOffset LastTime { get; init; }

    [Description("Arrival of the newest event.")]
    public required DateTimeOffset LastArrival { get; init; }
}
