using Sensing.CloudIngest.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>Completes the pairs of stream and type that a store holds with what the event catalogue and the options say of them.</summary>
internal sealed class SeriesCatalogue(EventCatalogue events, StoreOptions options)
{
    private readonly RetentionRules _retention = new(options, events);

    /// <summary>Types whose roll-ups sum up a number beside the count.</summary>
    public IReadOnlyList<string> MeasuredTypes { get; } =
        [.. events.Types.Where(type => type.Measures.Count > 0).Select(type => type.Name.ToString())];

    /// <summary>How long events of <paramref name="type"/> are kept after their arrival; null: for good.</summary>
    public TimeSpan? KeepFor(string type) => _retention.KeepFor(type);

    /// <summary>The measure that a new series of <paramref name="type"/> keeps in the rows of its roll-ups; null where there is none.</summary>
    public string? FirstMeasure(string type) => Find(type)?.Measures is [{ Property: var first }, ..] ? first : null;

    /// <param name="id">Its number in the store.</param>
    /// <param name="source">The stream.</param>
    /// <param name="type">The event type.</param>
    /// <param name="first">The measure that the store keeps in the rows of its roll-ups; null where it has none yet.</param>
    /// <exception cref="StoreException"><paramref name="source"/> is not a source.</exception>
    public SeriesEntry Create(long id, string source, string type, string? first)
    {
        if (!StreamAddress.TryParse(source, out StreamAddress? address))
        {
            throw new StoreException($"The store holds a malformed source: '{source}'.");
        }

        IEventType? known = Find(type);
        return new SeriesEntry(
            id, address, type, known?.Priority ?? EventPriority.Fact, _retention.KeepFor(type),
            SeriesMeasures.Of(first ?? FirstMeasure(type), known));
    }

    private IEventType? Find(string type) => EventTypeName.TryParse(type, out EventTypeName? name) ? events.Find(name) : null;
}
