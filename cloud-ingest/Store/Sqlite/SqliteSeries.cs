using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>The known pairs of stream and type, in memory: a lookup an event, no query an event.</summary>
internal sealed class SqliteSeries(SeriesCatalogue catalogue)
{
    private readonly ConcurrentDictionary<long, SeriesEntry> _byId = new();
    private readonly ConcurrentDictionary<(string Source, string Type), SeriesEntry> _byName = new();

    /// <summary>Of each node, whatever its site: how many there are. For the writer alone, as is <see cref="_origins"/>.</summary>
    private readonly Dictionary<string, int> _ofNode = new(StringComparer.Ordinal);

    private readonly Dictionary<string, long> _origins = new(StringComparer.Ordinal);

    public int Count => _byId.Count;

    public ICollection<SeriesEntry> All => _byId.Values;

    public SeriesEntry? Find(string source, string type) => _byName.GetValueOrDefault((source, type));

    public SeriesEntry Get(long id) => _byId[id];

    /// <summary>The ids that <paramref name="filter"/> chooses.</summary>
    public IReadOnlyList<SeriesEntry> Choose(SeriesFilter filter)
    {
        if (filter.Sources.Count > 0 && filter.Types.Count > 0)
        {
            return [.. filter.Sources.Distinct().SelectMany(_ => filter.Types.Distinct(), Find).OfType<SeriesEntry>()];
        }

        return [.. _byId.Values.Where(entry => filter.Matches(entry.Source.Source, entry.Type))];
    }

    /// <summary>How many pairs there are of nodes of this name.</summary>
    public int CountOf(string node) => _ofNode.GetValueOrDefault(node);

    /// <summary>The first series of <paramref name="source"/>; null where there is none.</summary>
    public long? OriginOf(string source) => _origins.TryGetValue(source, out long origin) ? origin : null;

    /// <summary>Makes a pair known.</summary>
    public void Add(SeriesEntry entry)
    {
        _ofNode[entry.Source.Node] = CountOf(entry.Source.Node) + 1;
        _origins.TryAdd(entry.Source.Source, entry.Origin);
        _byName[(entry.Source.Source, entry.Type)] = entry;
        _byId[entry.Id] = entry;
    }

    public void Remove(SeriesEntry entry)
    {
        _ofNode[entry.Source.Node]--;
        if (entry.Origin == entry.Id)
        {
            _origins.Remove(entry.Source.Source);
        }

        _byName.TryRemove((entry.Source.Source, entry.Type), out _);
        _byId.TryRemove(entry.Id, out _);
    }

    public void Load(SqliteConnection connection)
    {
        // Series of a type that had no measure when they were made, or of version 1, which did not say which one.
        foreach (string type in catalogue.MeasuredTypes)
        {
            using SqliteCommand name = connection.CreateCommand();
            name.CommandText = "UPDATE series SET measure = $measure WHERE type = $type AND measure IS NULL";
            name.Parameters.AddWithValue("$measure", catalogue.FirstMeasure(type));
            name.Parameters.AddWithValue("$type", type);
            name.ExecuteNonQuery();
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, source, type, measure, origin FROM series ORDER BY id";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            Add(catalogue.Create(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3))
            with
            { Origin = reader.GetInt64(4) is > 0 and long origin ? origin : reader.GetInt64(0) });
        }
    }
}
