using Npgsql;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>One sweep: partitions whose events are all too old go as a whole, which gives their room back at once; single events that
/// stay behind too long are deleted.</summary>
internal sealed partial class PostgresSweep(
    NpgsqlConnection connection, IEventLayout layout, SeriesCatalogue catalogue, StoreOptions options, SweepMemory memory, DateTimeOffset now)
{
    /// <summary>Rows that go in one transaction, so that the writer of new events waits milliseconds, not minutes.</summary>
    private const int Rows = 2000;

    /// <remarks>Never waits for a row that an append holds, so it can stop none. Further measures go with the row that they belong to.</remarks>
    private const string RemoveRollups = """
        WITH gone AS (
            DELETE FROM rollups
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM rollups WHERE step = $1 AND changed < $2 LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING series, step, time),
        measures AS (DELETE FROM rollup_measures m USING gone g WHERE m.series = g.series AND m.step = g.step AND m.time = g.time)
        SELECT count(*) FROM gone
        """;

    private static readonly TimeSpan RestInterval = TimeSpan.FromHours(1);

    public async Task<SweepResult> RunAsync(CancellationToken cancellation)
    {
        long expired = 0;
        foreach (EventPartition partition in await PartitionsAsync(cancellation).ConfigureAwait(false))
        {
            expired += await ExpireAsync(partition, cancellation).ConfigureAwait(false);
        }

        if (memory.Rest is not { } last || now - last >= RestInterval)
        {
            await RemoveRestAsync(cancellation).ConfigureAwait(false);
            memory.Rest = now;
        }

        (long evicted, long bytes, long letters) = await EvictAsync(cancellation).ConfigureAwait(false);
        return new SweepResult(expired, evicted, bytes) { DeadLetters = letters };
    }

    private async Task<long> ExpireAsync(EventPartition partition, CancellationToken cancellation)
    {
        if (memory.Due.TryGetValue((partition.Tier, partition.Begin), out (long LastArrival, long Due) known)
            && known.LastArrival == partition.LastArrival && now.UtcTicks < known.Due)
        {
            return 0;
        }

        List<(int Id, TimeSpan? Keep)> series = await SeriesAsync(partition, cancellation).ConfigureAwait(false);
        if (series.TrueForAll(one => one.Keep is { } keep && partition.LastArrival < (now - keep).UtcTicks))
        {
            return await DropAsync(partition, series, evenNew: false, cancellation).ConfigureAwait(false);
        }

        long removed = 0;
        foreach ((int id, TimeSpan? keep) in series)
        {
            if (keep is { } time && partition.FirstArrival < (now - time - PartitionTable.Slack(time)).UtcTicks)
            {
                removed += await RemoveOldAsync(partition, id, (now - time).UtcTicks, cancellation).ConfigureAwait(false);
            }
        }

        if (removed > 0)
        {
            await ExecuteAsync(
                $"UPDATE partitions SET first_arrival = coalesce((SELECT min(arrival) FROM {partition.Table}), last_arrival) WHERE tier = $1 AND begin_time = $2",
                cancellation, partition.Tier, partition.Begin).ConfigureAwait(false);
            memory.Due.Remove((partition.Tier, partition.Begin));
            return removed;
        }

        memory.Due[(partition.Tier, partition.Begin)] = (partition.LastArrival, NextDue(partition, series));
        return 0;
    }

    /// <summary>The sooner of: all of it is too old; something in it is, and has been for as long as a partition may hold it back.</summary>
    private static long NextDue(EventPartition partition, List<(int Id, TimeSpan? Keep)> series)
    {
        long whole = series.TrueForAll(one => one.Keep is not null)
            ? series.Max(one => partition.LastArrival + one.Keep!.Value.Ticks)
            : long.MaxValue;
        return series.Where(one => one.Keep is not null)
            .Select(one => partition.FirstArrival + one.Keep!.Value.Ticks + PartitionTable.Slack(one.Keep.Value).Ticks)
            .Append(whole).Min();
    }

    private async Task<long> RemoveOldAsync(EventPartition partition, int series, long before, CancellationToken cancellation)
    {
        long total = 0;
        long removed;
        do
        {
            removed = await InTransactionAsync(async () =>
            {
                long count = await ExecuteAsync(
                    Deleting(partition, "SELECT ctid FROM {0} WHERE series = $1 AND arrival < $2 LIMIT $3"), cancellation, series, before, (long)Rows).ConfigureAwait(false);
                await RenewLatestAsync([series], cancellation).ConfigureAwait(false);
                return count;
            }, cancellation).ConfigureAwait(false);
            total += removed;
        }
        while (removed == Rows);

        return total;
    }

    /// <summary>Takes the events of a partition out of the feed, then drops it.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="series">The series in it.</param>
    /// <param name="evenNew">With events that come meanwhile; else such a one keeps the partition, and the next sweep looks again.</param>
    /// <param name="cancellation">Of the sweep.</param>
    private async Task<long> DropAsync(EventPartition partition, List<(int Id, TimeSpan? Keep)> series, bool evenNew, CancellationToken cancellation)
    {
        long total = 0;
        (int Series, long Time, long Sequence) place = (0, 0, 0);
        long removed;
        do
        {
            removed = 0;
            // One statement that waits for nobody: it needs no lock of the head.
            NpgsqlCommand command = Command(
                $"""
                WITH page AS MATERIALIZED (
                    SELECT series, time, seq FROM {partition.Table} WHERE (series, time, seq) > ($1, $2, $3) ORDER BY series, time, seq LIMIT $4),
                gone AS (DELETE FROM feed USING page WHERE feed.seq = page.seq)
                SELECT series, time, seq, count(*) OVER () FROM page ORDER BY series DESC, time DESC, seq DESC LIMIT 1
                """,
                place.Series, place.Time, place.Sequence, (long)Rows);
            await using (command.ConfigureAwait(false))
            {
                NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    if (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                    {
                        place = (reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2));
                        removed = reader.GetInt64(3);
                    }
                }
            }

            total += removed;
        }
        while (removed == Rows);

        bool dropped = await InTransactionAsync(async () =>
        {
            if (await ExecuteAsync(
                "DELETE FROM partitions WHERE tier = $1 AND begin_time = $2 AND (last_arrival = $3 OR $4)",
                cancellation, partition.Tier, partition.Begin, partition.LastArrival, evenNew).ConfigureAwait(false) == 0)
            {
                return false;
            }

            if (evenNew)
            {
                total += await ExecuteAsync($"DELETE FROM feed USING {partition.Table} e WHERE feed.seq = e.seq", cancellation).ConfigureAwait(false);
            }

            await ExecuteAsync(layout.Drop(partition), cancellation).ConfigureAwait(false);
            await ExecuteAsync("UPDATE head SET partition_version = partition_version + 1", cancellation).ConfigureAwait(false);
            await RenewLatestAsync([.. series.Select(one => one.Id)], cancellation).ConfigureAwait(false);
            return true;
        }, cancellation).ConfigureAwait(false);
        memory.Due.Remove((partition.Tier, partition.Begin));
        return dropped ? total : 0;
    }

    /// <summary>A series whose latest has gone gets its latest anew from what is left; 0 where nothing is.</summary>
    private Task<long> RenewLatestAsync(int[] series, CancellationToken cancellation) => ExecuteAsync(
        """
        UPDATE series s SET (latest_seq, latest_time, latest_rank) = (
            SELECT coalesce(max(l.seq), 0), coalesce(max(l.time), 0), coalesce(max(l.rank), 0) FROM (
                SELECT seq, time, least(time, arrival) AS rank FROM events WHERE series = s.id ORDER BY rank DESC, seq DESC LIMIT 1) l)
        WHERE s.id = ANY($1) AND s.latest_seq > 0 AND NOT EXISTS (SELECT FROM feed WHERE seq = s.latest_seq)
        """, cancellation, series);

    private async Task RemoveRestAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("DELETE FROM dead_letters WHERE arrival < $1", cancellation, now.AddDays(-options.DeadLetterDays).UtcTicks).ConfigureAwait(false);
        foreach ((RollupStep step, int days) in new[] { (RollupStep.Minute, options.MinuteRollupDays), (RollupStep.Quarter, options.QuarterRollupDays) })
        {
            long removed;
            do
            {
                removed = (long)(await ScalarAsync(RemoveRollups, cancellation, (int)step, now.AddDays(-days).UtcTicks, (long)Rows).ConfigureAwait(false))!;
            }
            while (removed == Rows);
        }
    }
}
