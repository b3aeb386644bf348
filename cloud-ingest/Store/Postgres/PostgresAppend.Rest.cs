using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What an append writes after its events, in one round trip.</summary>
internal sealed partial class PostgresAppend
{
    private const NpgsqlDbType Bigints = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Doubles = NpgsqlDbType.Array | NpgsqlDbType.Double;
    private const NpgsqlDbType Integers = NpgsqlDbType.Array | NpgsqlDbType.Integer;
    private const NpgsqlDbType Smallints = NpgsqlDbType.Array | NpgsqlDbType.Smallint;
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Byteas = NpgsqlDbType.Array | NpgsqlDbType.Bytea;

    private const string UpdateSeries = """
        UPDATE series s SET count = s.count + c.count, last_arrival = greatest(s.last_arrival, c.arrival),
            last_time = CASE WHEN c.rank >= s.latest_rank THEN c.time ELSE s.last_time END,
            latest_seq = CASE WHEN c.rank >= s.latest_rank THEN c.seq ELSE s.latest_seq END,
            latest_time = CASE WHEN c.rank >= s.latest_rank THEN c.time ELSE s.latest_time END,
            latest_rank = greatest(s.latest_rank, c.rank)
        FROM unnest($1, $2, $3, $4, $5, $6) AS c(series, count, arrival, rank, time, seq)
        WHERE s.id = c.series
        """;

    private const string AddRollups = """
        INSERT INTO rollups AS r (series, step, time, count, measured, sum, min, max, changed)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (series, step, time) DO UPDATE SET
            count = r.count + excluded.count, sum = r.sum + excluded.sum, changed = greatest(r.changed, excluded.changed),
            min = CASE WHEN excluded.measured = 0 THEN r.min WHEN r.measured = 0 THEN excluded.min ELSE least(r.min, excluded.min) END,
            max = CASE WHEN excluded.measured = 0 THEN r.max WHEN r.measured = 0 THEN excluded.max ELSE greatest(r.max, excluded.max) END,
            measured = r.measured + excluded.measured
        """;

    private const string AddMeasures = """
        INSERT INTO rollup_measures AS r (series, step, time, measure, measured, sum, min, max)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (series, step, time, measure) DO UPDATE SET
            measured = r.measured + excluded.measured, sum = r.sum + excluded.sum,
            min = least(r.min, excluded.min), max = greatest(r.max, excluded.max)
        """;

    private const string TouchPartitions = """
        UPDATE partitions p SET first_arrival = least(p.first_arrival, c.first), last_arrival = greatest(p.last_arrival, c.last)
        FROM unnest($1, $2, $3, $4) AS c(tier, begin_time, first, last)
        WHERE p.tier = c.tier AND p.begin_time = c.begin_time
        """;

    private const string SetNodes = """
        INSERT INTO nodes (site, node, status, received, version) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (site, node) DO UPDATE SET status = excluded.status, received = excluded.received, version = excluded.version
        """;

    /// <remarks>The same record again, after a commit whose answer was lost, is there already.</remarks>
    private const string AddDeadLetters = """
        INSERT INTO dead_letters (digest, topic, properties, payload, reason, arrival, sender, size)
        SELECT digest, topic, properties, payload, reason, arrival, sender, size
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            WITH ORDINALITY AS c(digest, topic, properties, payload, reason, arrival, sender, size, place) ORDER BY place
        ON CONFLICT (digest) DO NOTHING
        """;

    private const string SetPositions =
        "INSERT INTO positions (partition, next) SELECT * FROM unnest($1, $2) ON CONFLICT (partition) DO UPDATE SET next = excluded.next";

    private bool _partitionsMade;
    private int _deadLettersRemoved;

    private async Task WriteRestAsync(IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        NpgsqlBatch batch = writer.Connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            AddChanges(batch);
            if (_nodes.Values is { Count: > 0 } nodes)
            {
                Add(batch, SetNodes,
                    (nodes.Select(node => node.Record.Site).ToArray(), Texts), (nodes.Select(node => node.Record.Node).ToArray(), Texts),
                    (nodes.Select(node => node.Record.Status.ToArray()).ToArray(), Byteas),
                    (nodes.Select(node => node.Record.Arrival.UtcTicks).ToArray(), Bigints), (nodes.Select(node => node.Version).ToArray(), Bigints));
            }

            if (_deadLetters is { Count: > 0 } letters)
            {
                Add(batch, AddDeadLetters,
                    (letters.Select(Digest).ToArray(), Byteas), (letters.Select(letter => Text(letter.Topic)).ToArray(), Texts),
                    (letters.Select(letter => Text(letter.Properties)).ToArray(), Texts), (letters.Select(letter => letter.Payload.ToArray()).ToArray(), Byteas),
                    (letters.Select(letter => Text(letter.Reason)).ToArray(), Texts), (letters.Select(letter => letter.Arrival.UtcTicks).ToArray(), Bigints),
                    (letters.Select(DeadLetterShares.SenderOf).ToArray(), Texts), (letters.Select(DeadLetterShares.SizeOf).ToArray(), Integers));
            }

            if (positions.Count > 0)
            {
                LogPosition[] last = [.. positions.GroupBy(position => position.Partition).Select(group => group.Last())];
                Add(batch, SetPositions,
                    (last.Select(position => position.Partition).ToArray(), Texts), (last.Select(position => position.Next).ToArray(), Bigints));
            }

            Add(batch, "UPDATE head SET seq = $1, node_version = $2, partition_version = partition_version + $3",
                (_head, NpgsqlDbType.Bigint), (_nodeVersion, NpgsqlDbType.Bigint), (_partitionsMade ? 1L : 0L, NpgsqlDbType.Bigint));
            Add(batch, $"SELECT pg_notify('{CommitListener.Channel}', $1)", (token, NpgsqlDbType.Text));
            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        memory.DeadLettersSinceTrim += _deadLetters.Sum(letter => (long)DeadLetterShares.SizeOf(letter));
        if (memory.DeadLettersSinceTrim >= options.DeadLetterBytes / DeadLetterShares.Slack)
        {
            memory.DeadLettersSinceTrim = 0;
            _deadLettersRemoved = await PostgresDeadLetters.TrimAsync(writer.Connection, options.DeadLetterBytes, cancellation).ConfigureAwait(false);
        }
    }

    private void AddChanges(NpgsqlBatch batch)
    {
        if (_changes.Added == 0)
        {
            return;
        }

        SeriesChange[] series = [.. _changes.Series.Values];
        Add(batch, UpdateSeries,
            (_changes.Series.Keys.Select(id => (int)id).ToArray(), Integers), (Array.ConvertAll(series, item => item.Count), Bigints),
            (Array.ConvertAll(series, item => item.Arrival), Bigints), (Array.ConvertAll(series, item => item.Rank), Bigints),
            (Array.ConvertAll(series, item => item.Time), Bigints), (Array.ConvertAll(series, item => item.Sequence), Bigints));

        (long Series, RollupStep Step, long Time)[] keys = [.. _changes.Rollups.Keys];
        RollupChange[] rollups = [.. _changes.Rollups.Values];
        Add(batch, AddRollups,
            (Array.ConvertAll(keys, key => (int)key.Series), Integers), (Array.ConvertAll(keys, key => (short)key.Step), Smallints),
            (Array.ConvertAll(keys, key => key.Time), Bigints), (Array.ConvertAll(rollups, item => item.Count), Bigints),
            (Array.ConvertAll(rollups, item => item.First.Measured), Bigints), (Array.ConvertAll(rollups, item => item.First.Sum), Doubles),
            (Array.ConvertAll(rollups, item => item.First.Min), Doubles), (Array.ConvertAll(rollups, item => item.First.Max), Doubles),
            (Array.ConvertAll(rollups, item => item.Arrival), Bigints));
        AddFurtherMeasures(batch);

        (int Tier, long Begin)[] partitions = [.. _arrivals.Keys];
        (long First, long Last)[] arrivals = [.. _arrivals.Values];
        Add(batch, TouchPartitions,
            (Array.ConvertAll(partitions, key => key.Tier), Integers), (Array.ConvertAll(partitions, key => key.Begin), Bigints),
            (Array.ConvertAll(arrivals, item => item.First), Bigints), (Array.ConvertAll(arrivals, item => item.Last), Bigints));
    }

    /// <summary>After the rows that they belong to, which are then locked: a sweep passes over both.</summary>
    private void AddFurtherMeasures(NpgsqlBatch batch)
    {
        if (!_changes.Rollups.Values.Any(change => change.Further is not null))
        {
            return;
        }

        Dictionary<long, SeriesMeasures> measures = _staged.Select(staged => staged.Series).DistinctBy(series => series.Id)
            .ToDictionary(series => series.Id, series => series.Measures);
        var keys = new List<(long Series, RollupStep Step, long Time, string Name)>();
        var changes = new List<MeasureChange>();
        foreach (((long series, RollupStep step, long time), RollupChange change) in _changes.Rollups)
        {
            for (int i = 0; i < (change.Further?.Length ?? 0); i++)
            {
                if (change.Further![i].Measured > 0)
                {
                    keys.Add((series, step, time, measures[series].All[i + 1]));
                    changes.Add(change.Further[i]);
                }
            }
        }

        Add(batch, AddMeasures,
            (keys.Select(key => (int)key.Series).ToArray(), Integers), (keys.Select(key => (short)key.Step).ToArray(), Smallints),
            (keys.Select(key => key.Time).ToArray(), Bigints), (keys.Select(key => key.Name).ToArray(), Texts),
            (changes.Select(item => item.Measured).ToArray(), Bigints), (changes.Select(item => item.Sum).ToArray(), Doubles),
            (changes.Select(item => item.Min).ToArray(), Doubles), (changes.Select(item => item.Max).ToArray(), Doubles));
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach ((object value, NpgsqlDbType type) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        }

        batch.BatchCommands.Add(command);
    }

    private static byte[] Digest(DeadLetterRecord letter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Each text with its length, so that no two different records give the same bytes.
        foreach (byte[] part in new[] { Encoding.UTF8.GetBytes(letter.Topic), Encoding.UTF8.GetBytes(letter.Properties), Encoding.UTF8.GetBytes(letter.Reason) })
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        hash.AppendData(BitConverter.GetBytes(letter.Arrival.UtcTicks));
        hash.AppendData(letter.Payload.Span);
        return hash.GetHashAndReset()[..16];
    }

    /// <summary>PostgreSQL's text holds neither NUL nor half a surrogate pair; a dead letter with one must not come back for ever.</summary>
    private static string Text(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
