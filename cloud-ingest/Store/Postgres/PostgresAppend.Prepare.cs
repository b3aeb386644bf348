using Npgsql;
using NpgsqlTypes;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What an append needs before its events: their series and partitions.</summary>
internal sealed partial class PostgresAppend
{
    private readonly HashSet<(string Site, string Node)> _tooManyNodes = [];

    private SeriesEntry? FindSeries(SensorEvent item)
    {
        (string, string) name = (item.Source.Source, item.Type.ToString());
        return memory.Series.GetValueOrDefault(name) ?? _newSeries.GetValueOrDefault(name);
    }

    /// <summary>Looks for pairs of stream and type that this process has not seen, and adds those that nobody has, up to the limit.</summary>
    private async Task FindSeriesAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        (string Source, string Type)[] unknown = [.. records.OfType<EventRecord>()
            .Where(item => FindSeries(item.Event) is null).Select(item => (item.Event.Source.Source, item.Event.Type.ToString())).Distinct()];
        if (unknown.Length == 0)
        {
            return;
        }

        await LoadSeriesAsync(unknown, cancellation).ConfigureAwait(false);
        unknown = [.. unknown.Where(name => !_newSeries.ContainsKey(name))];
        if (unknown.Length == 0)
        {
            return;
        }

        unknown = await AdmitAsync(unknown, cancellation).ConfigureAwait(false);
        NpgsqlCommand adding = Command(
            "INSERT INTO series (source, type, measure) SELECT * FROM unnest($1, $2, $3)",
            (unknown.Select(name => name.Source).ToArray(), Texts), (unknown.Select(name => name.Type).ToArray(), Texts),
            (unknown.Select(name => catalogue.FirstMeasure(name.Type)).ToArray(), Texts));
        await using (adding.ConfigureAwait(false))
        {
            await adding.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        NpgsqlCommand naming = Command("UPDATE series s SET origin = (SELECT min(t.id) FROM series t WHERE t.source = s.source) WHERE s.origin IS NULL");
        await using (naming.ConfigureAwait(false))
        {
            await naming.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        await LoadSeriesAsync(unknown, cancellation).ConfigureAwait(false);
    }

    /// <summary>Those of <paramref name="names"/> for which there is room, in all and for their node.</summary>
    private async Task<(string Source, string Type)[]> AdmitAsync((string Source, string Type)[] names, CancellationToken cancellation)
    {
        long total = 0;
        var ofNode = new Dictionary<string, long>(StringComparer.Ordinal);
        NpgsqlCommand counting = Command(
            "SELECT '', count(*) FROM series UNION ALL SELECT node, count(*) FROM series WHERE node = ANY($1) GROUP BY node",
            (names.Select(name => NodeOf(name.Source)).Distinct().ToArray(), Texts));
        await using (counting.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await counting.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    (string node, long count) = (reader.GetString(0), reader.GetInt64(1));
                    total = node.Length == 0 ? count : total;
                    ofNode[node] = count;
                }
            }
        }

        var admitted = new List<(string, string)>();
        foreach ((string source, string type) in names)
        {
            string node = NodeOf(source);
            long has = ofNode.GetValueOrDefault(node);
            if (total < options.MaxSeries && has < options.MaxSeriesPerNode)
            {
                total++;
                ofNode[node] = has + 1;
                admitted.Add((source, type));
            }
        }

        return [.. admitted];
    }

    /// <summary>/sites/{site}/nodes/{node}/streams/{stream}.</summary>
    private static string NodeOf(string source) => source.Split('/')[4];

    /// <summary>Looks which nodes are one too many.</summary>
    private async Task FindNodesAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var added = new List<(string Site, string Node)>();
        foreach ((string site, string node) in records.OfType<NodeStatusRecord>().Select(status => (status.Site, status.Node)).Distinct()
            .Where(key => !memory.Nodes.Contains(key)))
        {
            NpgsqlCommand command = Command(
                "SELECT EXISTS (SELECT FROM nodes WHERE site = $1 AND node = $2), (SELECT count(*) FROM nodes WHERE node = $2), (SELECT count(*) FROM nodes)",
                (site, NpgsqlDbType.Text), (node, NpgsqlDbType.Text));
            await using (command.ConfigureAwait(false))
            {
                NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    await reader.ReadAsync(cancellation).ConfigureAwait(false);
                    if (!reader.GetBoolean(0))
                    {
                        bool fits = reader.GetInt64(1) + added.Count(key => key.Node == node) < StoreOptions.MaxSitesPerNode
                            && reader.GetInt64(2) + added.Count < options.MaxNodes;
                        if (fits)
                        {
                            added.Add((site, node));
                        }
                        else
                        {
                            _tooManyNodes.Add((site, node));
                        }
                    }
                }
            }
        }
    }

    /// <summary>Loads what is known of them. A series of a type that had no measure when it was made, or of a program that did not write down
    /// which one it kept, gets it now.</summary>
    private async Task LoadSeriesAsync((string Source, string Type)[] names, CancellationToken cancellation)
    {
        NpgsqlCommand command = Command(
            """
            WITH named AS (
                UPDATE series s SET measure = n.measure FROM unnest($1, $2, $3) AS n(source, type, measure)
                WHERE s.source = n.source AND s.type = n.type AND s.measure IS NULL AND n.measure IS NOT NULL RETURNING s.id, s.measure)
            SELECT s.id, s.source, s.type, coalesce(named.measure, s.measure), s.origin
            FROM unnest($1, $2) AS n(source, type) JOIN series s ON s.source = n.source AND s.type = n.type LEFT JOIN named ON named.id = s.id
            """,
            (names.Select(name => name.Source).ToArray(), Texts), (names.Select(name => name.Type).ToArray(), Texts),
            (names.Select(name => catalogue.FirstMeasure(name.Type)).ToArray(), Texts));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    (string source, string type) = (reader.GetString(1), reader.GetString(2));
                    string? measure = reader.IsDBNull(3) ? null : reader.GetString(3);
                    _newSeries[(source, type)] = catalogue.Create(reader.GetInt32(0), source, type, measure) with { Origin = reader.GetInt32(4) };
                }
            }
        }
    }

    /// <summary>Makes the partitions that are missing.</summary>
    private async Task MakePartitionsAsync(CancellationToken cancellation)
    {
        if (memory.Partitions.Version != _partitionVersion)
        {
            await LoadPartitionsAsync(cancellation).ConfigureAwait(false);
        }

        foreach (StagedEvent staged in _staged)
        {
            if (memory.Partitions.Find(staged.Tier, staged.Time) is null)
            {
                await MakePartitionAsync(staged, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task MakePartitionAsync(StagedEvent staged, CancellationToken cancellation)
    {
        int tier = staged.Tier;
        (long begin, long end) = memory.Partitions.Propose(tier, staged.Time, staged.Arrival);
        NpgsqlCommand command = Command(
            (memory.Partitions.HasTier(tier) ? "" : layout.MakeTier(tier)) + layout.MakePartition(tier, begin, end, staged.Time));
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellation).ConfigureAwait(false);
                (begin, end) = (reader.GetInt64(0), reader.GetInt64(1));
            }
        }

        memory.Partitions.Add(tier, begin, end);
        _partitionsMade = true;
    }

    private async Task LoadPartitionsAsync(CancellationToken cancellation)
    {
        var found = new List<(int Tier, long Begin, long End)>();
        NpgsqlCommand command = Command("SELECT tier, begin_time, end_time FROM partitions");
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    found.Add((reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)));
                }
            }
        }

        memory.Partitions.Load(_partitionVersion, found);
    }
}
