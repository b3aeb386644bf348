using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

public sealed partial class EventOutbox
{
    /// <summary>Guards the reading connection, the cursors and the leases.</summary>
    private readonly Lock _reading = new();
    private readonly long[] _cursor = new long[3];
    private readonly HashSet<long> _leased = [];
    private readonly Channel<bool> _arrived = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The next events to send: alarms, then facts, then telemetry, each in the order of appending. They stay in the
    /// outbox; each is given out once a run, and is not dropped while it is out.</summary>
    public IReadOnlyList<OutboxEntry> Take(int most)
    {
        var entries = new List<OutboxEntry>();
        lock (_reading)
        {
            for (EventPriority priority = EventPriority.Alarm; priority >= EventPriority.Telemetry && entries.Count < most; priority--)
            {
                using SqliteCommand command = _reader.CreateCommand();
                command.CommandText = "SELECT seq, id, source, type, time, committed, data FROM event WHERE priority = $p AND seq > $c ORDER BY seq LIMIT $n";
                command.Parameters.AddWithValue("$p", (int)priority);
                command.Parameters.AddWithValue("$c", _cursor[(int)priority]);
                command.Parameters.AddWithValue("$n", most - entries.Count);
                using SqliteDataReader reader = command.ExecuteReader();
                while (reader.Read())
                {
                    long sequence = reader.GetInt64(0);
                    _cursor[(int)priority] = sequence;
                    _leased.Add(sequence);
                    entries.Add(new OutboxEntry(sequence, Event(reader, priority), new DateTimeOffset(reader.GetInt64(5), TimeSpan.Zero)));
                }
            }
        }

        return entries;
    }

    /// <summary>What was given out and is still there is given out again: another publisher takes over.</summary>
    public void Rewind()
    {
        lock (_reading)
        {
            Array.Clear(_cursor);
            _leased.Clear();
        }

        _arrived.Writer.TryWrite(true);
    }

    /// <summary>Waits until something may have come that <see cref="Take"/> has not yet given out.</summary>
    public async Task WaitForEventsAsync(CancellationToken cancellation) => await _arrived.Reader.ReadAsync(cancellation);

    /// <summary>Completes once the outbox holds no unsent event: the broker has taken each, or it is a dead letter or told as lost.</summary>
    public Task WaitUntilEmptyAsync(CancellationToken cancellation)
    {
        lock (_counts)
        {
            if (_events.Sum() == 0)
            {
                return Task.CompletedTask;
            }

            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Removes what the broker has taken. Completes once that is on disk; losing it only means a repeat.</summary>
    public async Task AcknowledgeAsync(IReadOnlyList<OutboxEntry> entries, CancellationToken cancellation = default)
    {
        var request = new Request(entries.Count, (tables, change) =>
        {
            foreach (OutboxEntry entry in entries)
            {
                if (tables.Delete(entry.Sequence))
                {
                    change.Remove(entry.Event.Priority, Size(entry.Event));
                }
            }
        })
        { Removes = true };
        await RemoveAsync(request).WaitAsync(cancellation);
        Return(entries);
    }

    /// <summary>Moves an event that the broker refused for good to the dead letters.</summary>
    public async Task DeadLetterAsync(OutboxEntry entry, string reason, CancellationToken cancellation = default)
    {
        var request = new Request(1, (tables, change) =>
        {
            if (tables.Bury(entry, _time.GetUtcNow(), reason))
            {
                change.DeadLetters++;
                change.DeadBytes += Size(entry.Event);
            }

            if (tables.Delete(entry.Sequence))
            {
                change.Remove(entry.Event.Priority, Size(entry.Event));
            }

            MakeRoomForDead(tables, change);
        });
        await EnqueueAsync(request, cancellation);
        await request.Done.Task;
        Return([entry]);
    }

    /// <summary>The dead letters, oldest first.</summary>
    public IReadOnlyList<(OutboxEntry Entry, string Reason)> DeadLetters(int most)
    {
        var letters = new List<(OutboxEntry, string)>();
        lock (_reading)
        {
            using SqliteCommand command = _reader.CreateCommand();
            command.CommandText = "SELECT seq, id, source, type, time, committed, data, priority, reason FROM dead ORDER BY seq LIMIT $n";
            command.Parameters.AddWithValue("$n", most);
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                letters.Add((new OutboxEntry(reader.GetInt64(0), Event(reader, (EventPriority)reader.GetInt32(7)),
                    new DateTimeOffset(reader.GetInt64(5), TimeSpan.Zero)), reader.GetString(8)));
            }
        }

        return letters;
    }

    /// <summary>Puts all dead letters back among the unsent events, behind those that wait.</summary>
    /// <returns>How many.</returns>
    public async Task<long> ReviveDeadLettersAsync(CancellationToken cancellation)
    {
        long revived = 0;
        var request = new Request(1, (tables, change) =>
        {
            revived = 0;
            foreach ((EventPriority priority, long bytes, bool isNew) in tables.Revive(_age.NowMs))
            {
                revived++;
                change.DeadLetters--;
                change.DeadBytes -= bytes;
                if (isNew)
                {
                    change.Add(priority, bytes);
                }
            }
        });
        await EnqueueAsync(request, cancellation);
        await request.Done.Task;
        return revived;
    }

    private void Return(IReadOnlyList<OutboxEntry> entries)
    {
        lock (_reading)
        {
            foreach (OutboxEntry entry in entries)
            {
                _leased.Remove(entry.Sequence);
            }
        }
    }

    private double OldestSeconds()
    {
        lock (_reading)
        {
            // The first of each priority by the index, not a scan for the least.
            object? oldest = OutboxSchema.Scalar(_reader, """
                SELECT min(age) FROM (
                  SELECT * FROM (SELECT age FROM event WHERE priority = 0 ORDER BY seq LIMIT 1)
                  UNION ALL SELECT * FROM (SELECT age FROM event WHERE priority = 1 ORDER BY seq LIMIT 1)
                  UNION ALL SELECT * FROM (SELECT age FROM event WHERE priority = 2 ORDER BY seq LIMIT 1))
                """);
            return oldest is long age ? Math.Max(0, _age.NowMs - age) / 1000.0 : 0;
        }
    }

    private static SensorEvent Event(SqliteDataReader reader, EventPriority priority) =>
        StreamAddress.TryParse(reader.GetString(2), out StreamAddress? source)
            ? new SensorEvent(reader.GetString(1), source, reader.GetString(3), new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero),
                priority, (byte[])reader.GetValue(6))
            : throw new InvalidDataException($"Event {reader.GetInt64(0)} of the outbox has the source '{reader.GetString(2)}'.");
}
