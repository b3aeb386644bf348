using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>One pair of stream and type.</summary>
/// <param name="Source">The stream.</param>
/// <param name="Type">The event type.</param>
/// <param name="Count">Events stored since the store began, with those that retention has removed.</param>
/// <param name="LastTime">Time of its latest event.</param>
/// <param name="LastArrival">When its newest arrival came.</param>
public sealed record SeriesSummary(StreamAddress Source, string Type, long Count, DateTimeOffset LastTime, DateTimeOffset LastArrival);
