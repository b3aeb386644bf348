using System.Text.Json.Serialization.Metadata;

namespace Sensing.Events;

/// <summary>An event type of a family, without its payload type.</summary>
public interface IEventType
{
    EventTypeName Name { get; }

    /// <summary>What a person calls such an event, in a word or two: headings and legends.</summary>
    string Title { get; }

    EventPriority Priority { get; }

    /// <summary>One sentence: what happened when this event is sent.</summary>
    string Summary { get; }

    /// <summary>How long stores keep such events unless their configuration says otherwise; null: as long as a store keeps events in general.</summary>
    TimeSpan? Retention { get; }

    /// <summary>The numbers of the payload that roll-ups sum up beside the count; often none.</summary>
    IReadOnlyList<EventMeasure> Measures { get; }

    /// <summary>Shape of the payload.</summary>
    JsonTypeInfo Payload { get; }
}
