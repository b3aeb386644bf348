using Microsoft.Data.Sqlite;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Outbox;

public sealed partial class EventOutbox
{
    private static readonly TimeSpan MaintainEvery = TimeSpan.FromMinutes(1);

    /// <summary>Free pages worth giving back to the file system: 4 MiB.</summary>
    private const long FreePagesWorthwhile = 1024;

    private static readonly EventPriority[] LowestFirst = [EventPriority.Telemetry, EventPriority.Fact, EventPriority.Alarm];

    /// <summary>Appends an event for each reason for which events were dropped since the last call, and forgets the counts, in
    /// one transaction; logs them.</summary>
    /// <param name="tell">Makes the event.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task ReportLossesAsync(Func<OutboxLoss, SensorEvent> tell, CancellationToken cancellation)
    {
        List<OutboxLoss> losses = [];
        var request = new Request(1, (tables, change) =>
        {
            losses = tables.TakeLosses();
            foreach (SensorEvent sensorEvent in losses.Select(tell))
            {
                if (tables.Insert(sensorEvent, _time.GetUtcNow(), _age.NowMs))
                {
                    change.Add(sensorEvent.Priority, Size(sensorEvent));
                }
            }
        });
        await EnqueueAsync(request, cancellation);
        await request.Done.Task;
        foreach (OutboxLoss loss in losses)
        {
            OutboxLog.Dropped(_logger, loss.Reason, loss.Telemetry, loss.Facts, loss.Alarms);
        }
    }

    /// <summary>Drops what is too old and gives free space back. Runs once a minute by itself.</summary>
    internal async Task MaintainOnceAsync(CancellationToken cancellation)
    {
        var request = new Request(1, (_, _) => { }) { Expires = true };
        await EnqueueAsync(request, cancellation);
        await request.Done.Task;
        await ReclaimAsync(cancellation);
    }

    private async Task MaintainAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(MaintainEvery, _time, _closing.Token);
                await MaintainOnceAsync(_closing.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or OutboxException)
            {
                return;
            }
        }
    }

    /// <summary>Gives pages back in small steps, so that nobody waits long, as long as nothing else is to be done.</summary>
    private async Task ReclaimAsync(CancellationToken cancellation)
    {
        while (_queue.Reader.Count == 0 && await Task.Run(ReclaimStep, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool ReclaimStep()
    {
        // A connection of its own: a pragma that vacuums cannot be inside the writer's transaction.
        using SqliteConnection connection = OutboxFile.Connect(_path, SqliteOpenMode.ReadWrite);
        long free = (long)OutboxSchema.Scalar(connection, "PRAGMA freelist_count")!;
        if (free < FreePagesWorthwhile)
        {
            return false;
        }

        using (SqliteCommand vacuum = connection.CreateCommand())
        {
            // It gives back one page a step of the statement, so it must be read to its end.
            vacuum.CommandText = $"PRAGMA incremental_vacuum({FreePagesWorthwhile})";
            using SqliteDataReader reader = vacuum.ExecuteReader();
            while (reader.Read())
            {
            }
        }

        OutboxSchema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return free >= 2 * FreePagesWorthwhile;
    }

    private bool MustDrop(List<Request> group, TallyChange change)
    {
        if (group.Exists(request => request.Expires))
        {
            return true;
        }

        if (_options.WhenFull == WhenFull.Block)
        {
            return false;
        }

        long[] held = HeldAfter(change);
        long sum = 0;
        return LowestFirst.Any(priority => (sum += held[(int)priority]) > Bound(priority));
    }

    /// <summary>Bytes by priority once this transaction is committed.</summary>
    private long[] HeldAfter(TallyChange change)
    {
        lock (_counts)
        {
            var held = new long[3];
            for (int i = 0; i < held.Length; i++)
            {
                held[i] = _committed[i] + change.Bytes((EventPriority)i);
            }

            return held;
        }
    }

    private void DropDown(List<Request> group, TallyChange change)
    {
        if (group.Exists(request => request.Expires))
        {
            foreach (EventPriority priority in LowestFirst)
            {
                double hours = priority == EventPriority.Telemetry ? _options.TelemetryMaxAgeHours : _options.MaxAgeHours;
                long limit = _age.NowMs - (long)TimeSpan.FromHours(hours).TotalMilliseconds;
                Drop(priority, LossReason.Expired, change, (_, age) => age < limit);
            }
        }

        if (_options.WhenFull == WhenFull.Block)
        {
            return;
        }

        for (int upTo = 0; upTo < LowestFirst.Length; upTo++)
        {
            long excess = HeldAfter(change)[..(upTo + 1)].Sum() - Bound(LowestFirst[upTo]);
            for (int lower = 0; lower <= upTo && excess > 0; lower++)
            {
                Drop(LowestFirst[lower], LossReason.Full, change, (bytes, _) =>
                {
                    bool drop = excess > 0;
                    excess -= drop ? bytes : 0;
                    return drop;
                });
            }
        }
    }

    /// <summary>Drops the oldest of a priority as long as <paramref name="drop"/> says so; what is out for sending stays.</summary>
    private void Drop(EventPriority priority, string reason, TallyChange change, Func<long, long, bool> drop)
    {
        long after = 0;
        while (_tables.Candidates(priority, after) is { Count: > 0 } candidates)
        {
            foreach ((long sequence, long bytes, long time, long age) in candidates)
            {
                after = sequence;
                if (_leased.Contains(sequence))
                {
                    continue;
                }

                if (!drop(bytes, age))
                {
                    return;
                }

                _tables.Delete(sequence);
                _tables.AddLoss(reason, priority, time);
                change.Remove(priority, bytes);
                change.Drop(reason, priority);
            }
        }
    }

    private void MakeRoomForDead(OutboxTables tables, TallyChange change)
    {
        while (_deadBytes + change.DeadBytes > _options.DeadLetterMegabytes * 1e6 && tables.DropOldestDead() is { } oldest)
        {
            change.DeadLetters--;
            change.DeadBytes -= oldest.Bytes;
            change.Drop(LossReason.DeadLettersFull, oldest.Priority);
            tables.AddLoss(LossReason.DeadLettersFull, oldest.Priority, oldest.Time);
        }
    }
}
