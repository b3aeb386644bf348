using Npgsql;
using NpgsqlTypes;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>One append: one transaction, top to bottom.</summary>
internal sealed partial class PostgresAppend(
    PostgresWriter writer, WriterMemory memory, IEventLayout layout, SeriesCatalogue catalogue, StoreOptions options, string token)
{
    private readonly Dictionary<(string Source, string Type), SeriesEntry> _newSeries = [];
    private readonly List<StagedEvent> _staged = [];
    private readonly HashSet<(long Origin, string Id)> _ids = [];
    private readonly List<DeadLetterRecord> _deadLetters = [];
    private readonly Dictionary<(string Site, string Node), (NodeStatusRecord Record, long Version)> _nodes = [];
    private readonly Dictionary<(int Tier, long Begin), (long First, long Last)> _arrivals = [];
    private readonly AppendChanges _changes = new();
    private long _head;
    private long _nodeVersion;
    private long _partitionVersion;
    private int _repeated;

    public async Task<AppendResult> RunAsync(IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        if (records.FirstOrDefault(record => record is not (EventRecord or NodeStatusRecord or DeadLetterRecord)) is { } unknown)
        {
            throw new NotSupportedException($"The store has no table for {unknown.GetType().Name}.");
        }

        try
        {
            await WriteAsync(records, positions, cancellation).ConfigureAwait(false);
        }
        catch
        {
            // What this transaction has made may be gone again.
            memory.Partitions.Forget();
            throw;
        }

        // Only now: what a transaction that was rolled back has made does not exist.
        foreach (((string, string) name, SeriesEntry entry) in _newSeries)
        {
            memory.Series[name] = entry;
        }

        memory.Nodes.UnionWith(_nodes.Keys);

        if (_partitionsMade)
        {
            memory.Partitions.Version = _partitionVersion + 1;
        }

        return new AppendResult(_changes.Added, _repeated, _deadLetters.Count) { DeadLettersRemoved = _deadLettersRemoved };
    }

    private async Task WriteAsync(IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        NpgsqlTransaction transaction = await writer.Connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await LockHeadAsync(cancellation).ConfigureAwait(false);
            await ExpectAsync(positions, cancellation).ConfigureAwait(false);
            await FindSeriesAsync(records, cancellation).ConfigureAwait(false);
            await FindNodesAsync(records, cancellation).ConfigureAwait(false);
            Sort(records);
            if (_staged.Count > 0)
            {
                await MakePartitionsAsync(cancellation).ConfigureAwait(false);
                await CopyAsync(cancellation).ConfigureAwait(false);
                await AddEventsAsync(cancellation).ConfigureAwait(false);
            }

            await WriteRestAsync(positions, cancellation).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task LockHeadAsync(CancellationToken cancellation)
    {
        NpgsqlDataReader reader = await writer.LockHead.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (!await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                throw new StoreException("The table sensing.head is empty: the store's tables have been changed by hand. Restore them, or begin in a new database.");
            }

            (_head, _nodeVersion, _partitionVersion) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }
    }

    /// <summary>The head is locked: nobody can move a position between the look and the commit.</summary>
    private async Task ExpectAsync(IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        LogPosition[] expecting = [.. positions.Where(position => position.Expected is not null)];
        if (expecting.Length == 0)
        {
            return;
        }

        var stored = new Dictionary<string, long>(StringComparer.Ordinal);
        writer.FindPositions.Parameters[0].Value = expecting.Select(position => position.Partition).ToArray();
        NpgsqlDataReader reader = await writer.FindPositions.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                stored.Add(reader.GetString(0), reader.GetInt64(1));
            }
        }

        foreach (LogPosition position in expecting)
        {
            long? next = stored.TryGetValue(position.Partition, out long found) ? found : null;
            if ((next ?? LogPosition.NotStored) != position.Expected)
            {
                throw new PositionConflictException(position.Partition, position.Expected, next);
            }
        }
    }

    /// <summary>Gives every event its series, its sequence number and its partition, and sets the rest apart.</summary>
    private void Sort(IReadOnlyList<LogRecord> records)
    {
        foreach (LogRecord record in records)
        {
            switch (record)
            {
                case EventRecord item:
                    if (FindSeries(item.Event) is not { } series)
                    {
                        _deadLetters.Add(DeadLetterProperties.TooManySeries(item, options));
                    }
                    else if (_ids.Add((series.Origin, item.Event.Id)))
                    {
                        int tier = PartitionTable.TierOf(series.Priority, series.Keep, item.Event.Time.UtcTicks, item.Arrival.UtcTicks);
                        _staged.Add(new StagedEvent(item, series, tier, _head + _staged.Count + 1));
                    }
                    else
                    {
                        _repeated++;
                    }

                    break;
                case NodeStatusRecord status when _tooManyNodes.Contains((status.Site, status.Node)):
                    _deadLetters.Add(DeadLetterProperties.TooManyNodes(status, options));
                    break;
                case NodeStatusRecord status:
                    _nodes[(status.Site, status.Node)] = (status, ++_nodeVersion);
                    break;
                case DeadLetterRecord letter:
                    _deadLetters.Add(letter);
                    break;
            }
        }
    }

    private async Task CopyAsync(CancellationToken cancellation)
    {
        NpgsqlBinaryImporter copy = await writer.Connection.BeginBinaryImportAsync(PostgresWriter.CopyStaging, cancellation).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            foreach (StagedEvent staged in _staged)
            {
                EventRecord item = staged.Record;
                await copy.StartRowAsync(cancellation).ConfigureAwait(false);
                await copy.WriteAsync(staged.Tier, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await copy.WriteAsync((int)staged.Series.Id, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await copy.WriteAsync((int)staged.Series.Origin, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await copy.WriteAsync(staged.Time, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
                await copy.WriteAsync(staged.Sequence, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
                await copy.WriteAsync(staged.Arrival, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
                if (item.Committed is { } committed)
                {
                    await copy.WriteAsync(committed.UtcTicks, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
                }
                else
                {
                    await copy.WriteNullAsync(cancellation).ConfigureAwait(false);
                }

                await copy.WriteAsync((short)options.FlagsOf(staged.Time, staged.Arrival), NpgsqlDbType.Smallint, cancellation).ConfigureAwait(false);
                await copy.WriteAsync(EventKey.Of(item.Event.Id), NpgsqlDbType.Bytea, cancellation).ConfigureAwait(false);
                await copy.WriteAsync(item.Event.Data, NpgsqlDbType.Bytea, cancellation).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task AddEventsAsync(CancellationToken cancellation)
    {
        int fresh = await writer.AddToFeed.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        var repeated = new HashSet<long>();
        if (fresh == _staged.Count)
        {
            await InsertAsync(null, cancellation).ConfigureAwait(false);
        }
        else
        {
            NpgsqlDataReader reader = await writer.FindRepeated.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    repeated.Add(reader.GetInt64(0));
                }
            }

            if (fresh > 0)
            {
                await InsertAsync([.. repeated], cancellation).ConfigureAwait(false);
            }
        }

        _repeated += repeated.Count;
        foreach (StagedEvent staged in _staged.Where(staged => !repeated.Contains(staged.Sequence)))
        {
            _changes.Count(staged.Series, staged.Sequence, staged.Time, staged.Arrival, staged.Record.Event.Data.Span);
            Touch(staged);
            _head = Math.Max(_head, staged.Sequence);
        }
    }

    private async Task InsertAsync(long[]? repeated, CancellationToken cancellation)
    {
        foreach ((string into, string rows) in layout.Targets(_staged.Select(staged => staged.Tier).Distinct()))
        {
            NpgsqlCommand command = await writer.AddEventsAsync(into, rows, repeated, cancellation).ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Touch(StagedEvent staged)
    {
        (int, long) partition = (staged.Tier, memory.Partitions.Find(staged.Tier, staged.Time)!.Value);
        (long first, long last) = _arrivals.GetValueOrDefault(partition, (long.MaxValue, long.MinValue));
        _arrivals[partition] = (Math.Min(first, staged.Arrival), Math.Max(last, staged.Arrival));
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<(object Value, NpgsqlDbType Type)> parameters)
    {
        NpgsqlCommand command = writer.Connection.CreateCommand();
#pragma warning disable CA2100 // Texts come from this class alone; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((object value, NpgsqlDbType type) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        }

        return command;
    }

    /// <summary>An event on its way into the staging table.</summary>
    private sealed record StagedEvent(EventRecord Record, SeriesEntry Series, int Tier, long Sequence)
    {
        public long Time { get; } = Record.Event.Time.UtcTicks;

        public long Arrival { get; } = Record.Arrival.UtcTicks;
    }
}
