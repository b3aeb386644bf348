using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of an event type in answers, for the OpenAPI document.</summary>
public sealed record EventTypeDocument
{
    [Description("sensing.{pipeline}.{fact}.v{version}")]
    public required string Type { get; init; }

    [Description("What a person calls such an event.")]
    public required string Title { get; init; }

    [Description("telemetry, fact or alarm: alarms are sent first and dropped last.")]
    public required string Priority { get; init; }

    [Description("How long this store keeps such events after their arrival, hours; null: for good.")]
    public required double? RetentionHours { get; init; }

    [Description("The numbers that roll-ups of this type carry, each under its property name.")]
    public required IReadOnlyList<EventMeasureDocument> Measures { get; init; }

    [Description("What happened when such an event is sent.")]
    public required string Summary { get; init; }
}
