using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>One pair of stream and type, with what this program knows of it.</summary>
internal sealed record SeriesEntry(long Id, StreamAddress Source, string Type, EventPriority Priority, string? Measure)
{
    /// <exception cref="StoreException"><paramref name="source"/> is no source.</exception>
    public static SeriesEntry Create(long id, string source, string type) => new(
        id,
        StreamAddress.TryParse(source, out StreamAddress? address) ? address : throw new StoreException($"The store holds a source that is none: '{source}'."),
        type,
        EventTypes.All.FirstOrDefault(known => known.Name.ToString() == type)?.Priority ?? EventPriority.Fact,
        RollupMeasures.Of(type));
}
