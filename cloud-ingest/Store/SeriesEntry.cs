using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>One pair of stream and type, with what this program knows of it.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Source">The stream.</param>
/// <param name="Type">The event type.</param>
/// <param name="Priority">Rank where room is short.</param>
/// <param name="Keep">How long its events are kept after their arrival; null: for good.</param>
/// <param name="Measures">The numbers that its roll-ups sum up.</param>
internal sealed record SeriesEntry(
    long Id, StreamAddress Source, string Type, EventPriority Priority, TimeSpan? Keep, SeriesMeasures Measures)
{
    /// <summary>The first series of the same source: together with its id it identifies an event (CloudEvents 1.0, section 3.1.1). For writers only.</summary>
    public long Origin { get; init; } = Id;
}
