using Microsoft.Data.Sqlite;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Sqlite;

public sealed partial class SqliteEventStore
{
    /// <summary>Rows that go in one transaction, so that the writer of new events waits milliseconds, not minutes.</summary>
    private const int SweepRows = 500;

    private const int VacuumPages = 2000;

    public async Task<SweepResult> SweepAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = _time.GetUtcNow();
        long expired = 0;
        foreach (SeriesEntry entry in _series.All)
        {
            if (entry.Keep is { } keep)
            {
                expired += await DrainAsync(() => RemoveOldest(entry.Id, (now - keep).UtcTicks), cancellation).ConfigureAwait(false);
            }
        }

        await WriteAsync(() => RemoveRest(now), cancellation).ConfigureAwait(false);
        await DrainAsync(Vacuum, cancellation).ConfigureAwait(false);

        // Dead letters first: they never displace an event.
        long letters = await WriteAsync(() => TrimDeadLetters(_options.DeadLetterBytes), cancellation).ConfigureAwait(false)
            + await DrainAsync(EvictDeadLetters, cancellation).ConfigureAwait(false);
        await DrainAsync(Vacuum, cancellation).ConfigureAwait(false);

        long evicted = 0;
        foreach (EventPriority priority in Enum.GetValues<EventPriority>())
        {
            evicted += await DrainAsync(() => EvictOldest(priority), cancellation).ConfigureAwait(false);
            await DrainAsync(Vacuum, cancellation).ConfigureAwait(false);
        }

        return new SweepResult(expired, evicted, await WriteAsync(Bytes, cancellation).ConfigureAwait(false)) { DeadLetters = letters };
    }

    /// <summary>Repeats <paramref name="step"/> until it finds nothing; writers of new events come in between.</summary>
    private async Task<long> DrainAsync(Func<int> step, CancellationToken cancellation)
    {
        long total = 0;
        while (await WriteAsync(step, cancellation).ConfigureAwait(false) is > 0 and int done)
        {
            total += done;
        }

        return total;
    }

    private int RemoveOldest(long series, long before)
    {
        var old = new List<long>();
        using (SqliteCommand command = Command(
            Writer, "SELECT seq, arrival FROM events WHERE series = $series ORDER BY seq LIMIT $rows", ("$series", series), ("$rows", SweepRows)))
        using (SqliteDataReader reader = command.ExecuteReader())
        {
            // Sequence follows arrival, so the first that is young enough ends it.
            while (reader.Read() && reader.GetInt64(1) < before)
            {
                old.Add(reader.GetInt64(0));
            }
        }

        return Remove(old);
    }

    /// <summary>Removes the oldest events of a priority, no more than the store is too large by.</summary>
    private int EvictOldest(EventPriority priority)
    {
        long excess = Excess();
        if (excess <= 0)
        {
            return 0;
        }

        var oldest = new List<(long Sequence, long Bytes)>();
        foreach (SeriesEntry entry in _series.All.Where(entry => entry.Priority == priority))
        {
            using SqliteCommand command = Command(
                Writer, "SELECT seq, length(data) FROM events WHERE series = $series ORDER BY seq LIMIT $rows", ("$series", entry.Id), ("$rows", SweepRows));
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                oldest.Add((reader.GetInt64(0), reader.GetInt64(1)));
            }
        }

        var evicted = new List<long>();
        foreach ((long sequence, long bytes) in oldest.Order().Take(SweepRows).TakeWhile(_ => excess > 0))
        {
            evicted.Add(sequence);
            excess -= bytes;
        }

        return Remove(evicted);
    }

    /// <summary>What the store is too large by. Pages that are free already are given back by the vacuum that follows.</summary>
    private long Excess() => Bytes() - (Scalar(Writer, "PRAGMA freelist_count") * Scalar(Writer, "PRAGMA page_size")) - _options.MaxBytes;

    private int Remove(List<long> sequences)
    {
        if (sequences.Count == 0)
        {
            return 0;
        }

        using SqliteTransaction transaction = Writer.BeginTransaction();
        using SqliteCommand command = Command(Writer, "DELETE FROM events WHERE seq = $seq", ("$seq", 0L));
        foreach (long sequence in sequences)
        {
            command.Parameters[0].Value = sequence;
            command.ExecuteNonQuery();
        }

        // A series whose latest has gone gets its latest anew from what is left; 0 where nothing is.
        Execute(
            Writer,
            """
            UPDATE series SET (latest_seq, latest_rank) = (
                SELECT coalesce(max(seq), 0), coalesce(max(rank), 0) FROM (
                    SELECT seq, min(time, arrival) AS rank FROM events WHERE series = series.id ORDER BY rank DESC, seq DESC LIMIT 1))
            WHERE latest_seq > 0 AND NOT EXISTS (SELECT 1 FROM events WHERE seq = latest_seq)
            """);
        transaction.Commit();
        return sequences.Count;
    }

    private int RemoveRest(DateTimeOffset now)
    {
        using SqliteTransaction transaction = Writer.BeginTransaction();
        int removed = Execute(Writer, "DELETE FROM dead_letters WHERE arrival < $before", ("$before", now.AddDays(-_options.DeadLetterDays).UtcTicks));
        foreach ((RollupStep step, int days) in new[] { (RollupStep.Minute, _options.MinuteRollupDays), (RollupStep.Quarter, _options.QuarterRollupDays) })
        {
            (string, object)[] old = [("$step", (long)step), ("$before", now.AddDays(-days).UtcTicks)];
            Execute(
                Writer,
                """
                DELETE FROM rollup_measures
                WHERE (series, step, time) IN (SELECT series, step, time FROM rollups WHERE step = $step AND changed < $before)
                """,
                old);
            removed += Execute(Writer, "DELETE FROM rollups WHERE step = $step AND changed < $before", old);
        }

        transaction.Commit();
        return removed;
    }

    /// <returns>Pages given back to the disk.</returns>
    private int Vacuum()
    {
        long before = Scalar(Writer, "PRAGMA freelist_count");
        if (before == 0)
        {
            return 0;
        }

        // The pragma gives one page back a step, so its rows are read to the end.
        using SqliteCommand command = Command(Writer, $"PRAGMA incremental_vacuum({VacuumPages})");
        using (SqliteDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
            }
        }

        return (int)(before - Scalar(Writer, "PRAGMA freelist_count"));
    }

    private long Bytes() => Scalar(Writer, "PRAGMA page_count") * Scalar(Writer, "PRAGMA page_size");
}
