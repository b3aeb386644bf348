using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>The durable buffer between streams and broker: one SQLite file, one writer that groups commits.</summary>
/// <remarks>
/// Delivery guarantees: an appended event is on disk once its task completes, together with the checkpoint given with it;
/// it is removed only by <see cref="AcknowledgeAsync"/> or <see cref="DeadLetterAsync"/>, or counted and told as lost. An
/// event whose id the outbox already holds is the same event. Order is that of appending; alarms go before facts, facts
/// before telemetry.
/// </remarks>
public sealed partial class EventOutbox : IAsyncDisposable
{
    private static readonly EventPriority[] Priorities = Enum.GetValues<EventPriority>();

    private readonly string _path;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _reader;
    private readonly OutboxTables _tables;
    private readonly AgeClock _age;
    private readonly OutboxReserve _reserve;
    private readonly OutboxMark _mark;
    private readonly Channel<Request> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;
    private readonly Task _maintaining;
    private readonly TaskCompletionSource<OutboxException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Guards the counts below.</summary>
    private readonly Lock _counts = new();

    /// <summary>Bytes by priority: committed, and promised to events that are on their way to the writer.</summary>
    private readonly long[] _held = new long[3];

    /// <summary>Bytes by priority that are committed.</summary>
    private readonly long[] _committed = new long[3];

    /// <summary>Events by priority that are committed.</summary>
    private readonly long[] _events = new long[3];

    /// <summary>Dropped events by reason and priority.</summary>
    private readonly long[,] _dropped = new long[LossReason.All.Length, 3];
    private TaskCompletionSource? _emptied;
    private long _deadLetters;
    private long _deadBytes;
    private int _disposed;

    private EventOutbox(string path, OutboxOptions options, TimeProvider time, ILogger logger, SqliteConnection connection, OutboxRecovery? recovery)
    {
        _path = path;
        _options = options;
        _time = time;
        _logger = logger;
        _connection = connection;
        Recovery = recovery;
        (long savedMs, DateTimeOffset? savedAt) = ReadClock();
        _age = new AgeClock(time, savedMs, savedAt);
        ReadCounts();
        _reader = OutboxFile.OpenReader(path);
        _tables = new OutboxTables(connection);
        using (SqliteTransaction transaction = _tables.Begin())
        {
            // From here on the file counts as unclean: the next start looks it over unless it is closed in order.
            _tables.SaveClock(_age.NowMs, time.GetUtcNow(), clean: false);
            transaction.Commit();
        }

        _mark = new OutboxMark(path, connection);
        _reserve = new OutboxReserve(path);
        _reserve.TakeAtStart();
        BoundLog();
        if (_reserve.Held < OutboxReserve.Bytes)
        {
            OutboxLog.LittleRoom(logger, path, _reserve.FreeBytes >> 20, _reserve.Held >> 20);
        }

        // Bounded: what streams have produced and the disk has not yet taken must not grow in memory.
        _queue = Channel.CreateBounded<Request>(new BoundedChannelOptions(1024) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
        _maintaining = Task.Run(MaintainAsync);
    }

    /// <summary>What was done about a damaged file; null where it was sound.</summary>
    public OutboxRecovery? Recovery { get; }

    /// <summary>Completes, with the reason, when the outbox has failed for good and the node must start anew.</summary>
    public Task<OutboxException> Failed => _failed.Task;

    /// <summary>Opens the outbox at <paramref name="path"/>, or creates it.</summary>
    /// <exception cref="OutboxException">It cannot be opened. A damaged one is set aside and told in <see cref="Recovery"/>.</exception>
    public static EventOutbox Open(string path, OutboxOptions options, TimeProvider time, ILogger logger)
    {
        (SqliteConnection connection, OutboxRecovery? recovery) = OutboxFile.Open(path, options.SyncEveryCommit, time);
        try
        {
            var outbox = new EventOutbox(path, options, time, logger, connection, recovery);
            if (recovery is not null)
            {
                OutboxLog.Recovered(logger, recovery.ToString());
            }

            return outbox;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new OutboxException(path, $"cannot be read: {error.Message}.", "Check the disk.", error);
        }
    }

    /// <summary>Appends the event that reports <see cref="Recovery"/>; the next start does not report it again.</summary>
    public async Task ReportRecoveryAsync(SensorEvent told, CancellationToken cancellation)
    {
        var request = new Request(1, (tables, change) =>
        {
            tables.ForgetRecovery();
            if (tables.Insert(told, _time.GetUtcNow(), _age.NowMs))
            {
                change.Add(told.Priority, Size(told));
            }
        });
        await EnqueueAsync(request, cancellation);
        await request.Done.Task;
    }

    public OutboxStatistics Statistics
    {
        get
        {
            double oldest = OldestSeconds();
            lock (_counts)
            {
                return new OutboxStatistics(_events.Sum(), _committed.Sum(), oldest, _deadLetters, _dropped.Cast<long>().Sum(), _problem)
                {
                    Depths = [.. Priorities.Select(priority => new OutboxDepth(priority, _events[(int)priority], _committed[(int)priority]))],
                    Drops =
                    [
                        .. LossReason.All.SelectMany((reason, i) =>
                            Priorities.Select(priority => new OutboxDrops(reason, priority, _dropped[i, (int)priority]))),
                    ],
                };
            }
        }
    }

    /// <summary>Commits what is queued and closes the file in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.Writer.TryComplete();
        await _closing.CancelAsync();
        await _writing;
        await _maintaining;
        try
        {
            using SqliteTransaction transaction = _tables.Begin();
            _tables.SaveClock(_age.NowMs, _time.GetUtcNow(), clean: !_failed.Task.IsCompleted);
            transaction.Commit();
        }
        catch (SqliteException)
        {
            // It stays unclean: the next start looks the file over.
        }

        _tables.Dispose();
        _mark.Dispose();
        lock (_reading)
        {
            _reader.Dispose();
        }

        _connection.Dispose();
        _closing.Dispose();
    }

    internal static long Size(SensorEvent sensorEvent) => sensorEvent.Data.Length + OutboxSchema.EventOverhead;

    private (long AgeMs, DateTimeOffset? Wall) ReadClock()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT age, wall FROM clock";
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero)) : (0, null);
    }

    private void ReadCounts()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = $"""
            SELECT priority, count(*), sum(length(data) + {OutboxSchema.EventOverhead}) FROM event GROUP BY priority
            UNION ALL SELECT -1, count(*), coalesce(sum(length(data) + {OutboxSchema.EventOverhead}), 0) FROM dead
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.GetInt32(0) is int priority and >= 0)
            {
                _events[priority] = reader.GetInt64(1);
                _held[priority] = _committed[priority] = reader.GetInt64(2);
            }
            else
            {
                _deadLetters = reader.GetInt64(1);
                _deadBytes = reader.GetInt64(2);
            }
        }
    }
}
