using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>The known pairs of stream and type, in memory: a lookup an event, no query an event.</summary>
internal sealed class SqliteSeries
{
    private readonly ConcurrentDictionary<long, Entry> _byId = new();
    private readonly ConcurrentDictionary<(string Source, string Type), Entry> _byName = new();

    public int Count => _byId.Count;

    public ICollection<Entry> All => _byId.Values;

    public Entry? Find(string source, string type) => _byName.GetValueOrDefault((source, type));

    public Entry Get(long id) => _byId[id];

    /// <summary>The ids that <paramref name="filter"/> chooses.</summary>
    public IReadOnlyList<Entry> Choose(SeriesFilter filter)
    {
        if (filter.Sources.Count > 0 && filter.Types.Count > 0)
        {
            return [.. filter.Sources.Distinct().SelectMany(_ => filter.Types.Distinct(), Find).OfType<Entry>()];
        }

        return [.. _byId.Values.Where(entry => filter.Matches(entry.Source.Source, entry.Type))];
    }

    /// <summary>Makes a committed pair known.</summary>
    public void Add(Entry entry)
    {
        _byName[(entry.Source.Source, entry.Type)] = entry;
        _byId[entry.Id] = entry;
    }

    public void Load(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, source, type FROM series";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            Add(Entry.Create(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }
    }

    /// <summary>One pair.</summary>
    internal sealed record Entry(long Id, StreamAddress Source, string Type, EventPriority Priority, string? Measure)
    {
        public static Entry Create(long id, string source, string type) => new(
            id,
            StreamAddress.TryParse(source, out StreamAddress? address) ? address : throw new StoreException($"The store holds a source that is none: '{source}'."),
            type,
            EventTypes.All.FirstOrDefault(known => known.Name.ToString() == type)?.Priority ?? EventPriority.Fact,
            RollupMeasures.Of(type));
    }
}
