using Microsoft.Data.Sqlite;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Outbox;

public sealed partial class EventOutbox
{
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _blocking;

    /// <summary>Queues <paramref name="events"/> and then <paramref name="checkpoint"/> as one transaction. Waits while the
    /// outbox is full and its rule is to block, and while the disk is behind.</summary>
    /// <returns>A task that completes once they are on disk. Queued earlier is committed earlier, so a stream may queue
    /// on without waiting for it.</returns>
    /// <exception cref="OutboxException">From the returned task: the outbox has failed or was closed.</exception>
    public async Task<Task> QueueAsync(IReadOnlyList<SensorEvent> events, StreamCheckpoint? checkpoint, CancellationToken cancellation)
    {
        var bytes = new long[3];
        foreach (SensorEvent sensorEvent in events)
        {
            bytes[(int)sensorEvent.Priority] += Size(sensorEvent);
        }

        await PromiseRoomAsync(bytes, cancellation);
        var request = new Request(Math.Max(1, events.Count), (tables, change) =>
        {
            DateTimeOffset now = _time.GetUtcNow();
            long age = _age.NowMs;
            foreach (SensorEvent sensorEvent in events)
            {
                if (tables.Insert(sensorEvent, now, age))
                {
                    change.Add(sensorEvent.Priority, Size(sensorEvent));
                }
            }

            if (checkpoint is not null)
            {
                tables.Save(checkpoint);
            }
        })
        { Promised = bytes };
        try
        {
            await EnqueueAsync(request, cancellation);
        }
        catch
        {
            GiveBack(bytes);
            throw;
        }

        return request.Done.Task;
    }

    /// <summary>Appends and waits until it is on disk.</summary>
    public async Task AppendAsync(IReadOnlyList<SensorEvent> events, StreamCheckpoint? checkpoint = null, CancellationToken cancellation = default) =>
        await await QueueAsync(events, checkpoint, cancellation);

    /// <summary>The last checkpoint of a stream; null where there is none.</summary>
    public StreamCheckpoint? LoadCheckpoint(string stream)
    {
        lock (_reading)
        {
            using SqliteCommand command = _reader.CreateCommand();
            command.CommandText = "SELECT fingerprint, position, state, finished FROM checkpoint WHERE stream = $stream";
            command.Parameters.AddWithValue("$stream", stream);
            using SqliteDataReader reader = command.ExecuteReader();
            return reader.Read()
                ? new StreamCheckpoint(stream, reader.GetString(0), reader.IsDBNull(1) ? null : new SourcePosition(reader.GetString(1)),
                    (byte[])reader.GetValue(2), reader.GetInt64(3) != 0)
                : null;
        }
    }

    /// <summary>Removes a stream's checkpoint: it starts afresh next time.</summary>
    public async Task ForgetCheckpointAsync(string stream, CancellationToken cancellation)
    {
        var request = new Request(1, (tables, _) => tables.Forget(stream));
        await EnqueueAsync(request, cancellation);
        await request.Done.Task;
    }

    private async Task PromiseRoomAsync(long[] bytes, CancellationToken cancellation)
    {
        while (true)
        {
            Task room;
            lock (_counts)
            {
                if (_options.WhenFull == WhenFull.DropLowestOldest || Fits(bytes))
                {
                    for (int i = 0; i < bytes.Length; i++)
                    {
                        _held[i] += bytes[i];
                    }

                    return;
                }

                room = _room.Task;
                if (!_blocking)
                {
                    _blocking = true;
                    OutboxLog.Blocks(_logger);
                }
            }

            await room.WaitAsync(cancellation);
        }
    }

    /// <summary>Whether a batch fits under the bound of each priority; into an empty outbox anything does, or it would wait forever.</summary>
    private bool Fits(long[] bytes)
    {
        if (_held.Sum() == 0)
        {
            return true;
        }

        long sum = 0;
        for (int priority = 0; priority < bytes.Length; priority++)
        {
            sum += _held[priority] + bytes[priority];
            if (bytes[priority] > 0 && sum > Bound((EventPriority)priority))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Most bytes that a priority and all lower ones may hold together.</summary>
    private long Bound(EventPriority priority) => (long)(_options.MaxMegabytes * 1e6 * priority switch
    {
        EventPriority.Telemetry => _options.TelemetryPercent / 100,
        EventPriority.Fact => _options.FactPercent / 100,
        _ => 1,
    });

    private void GiveBack(long[] bytes)
    {
        lock (_counts)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                _held[i] -= bytes[i];
            }

            RoomAgain();
        }
    }

    /// <summary>Wakes streams that wait for room. Called with the counts locked.</summary>
    private void RoomAgain()
    {
        _blocking = false;
        TaskCompletionSource waiting = _room;
        _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }
}
