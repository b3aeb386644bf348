using System.ComponentModel;
using System.Text.Json;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of an event in answers (CloudEvents 1.0 JSON), for the OpenAPI document.</summary>
public sealed record EventDocument
{
    public required string Specversion { get; init; }

    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    [Description("Event time from the sensor.")]
    public required DateTimeOffset Time { get; init; }

    public required string Datacontenttype { get; init; }

    [Description("When the event came to this tier.")]
    public required DateTimeOffset Arrival { get; init; }

    [Description("When the node committed it to its outbox, where the node says so.")]
    public DateTimeOffset? Sensingcommitted { get; init; }

    [Description("True where it arrived long after its time; absent otherwise.")]
    public bool? Late { get; init; }

    [Description("True where its time is ahead of its arrival: the device's clock is wrong; absent otherwise.")]
    public bool? Future { get; init; }

    [Description("Payload; its schema is the one of the type.")]
    public required JsonElement Data { get; init; }
}
