using System.Text.Json.Serialization.Metadata;

namespace Sensing.Events;

/// <summary>An event type of the catalogue, without its payload type.</summary>
public interface IEventType
{
    EventTypeName Name { get; }

    EventPriority Priority { get; }

    /// <summary>One sentence for the catalogue: what happened when this event is sent.</summary>
    string Summary { get; }

    /// <summary>Shape of the payload.</summary>
    JsonTypeInfo Payload { get; }
}
