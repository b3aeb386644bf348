using System.Globalization;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What goes before its time because the store is too large.</summary>
internal sealed partial class PostgresSweep
{
    /// <summary>Bytes that an event takes beside its payload: row, index entries, and 6 % of what is stored out of line.</summary>
    private const string RowBytes = "(octet_length(data) * 1.06 + 200)";

    /// <summary>A partition that is cut is written anew to give its room back; cut at least this part of it, so that it is not every minute.</summary>
    private const int LeastCut = 8;

    private async Task<(long Evicted, long Bytes, long DeadLetters)> EvictAsync(CancellationToken cancellation)
    {
        long evicted = 0;
        long letters = await PostgresDeadLetters.TrimAsync(connection, options.DeadLetterBytes, cancellation).ConfigureAwait(false);
        long bytes = await BytesAsync(cancellation).ConfigureAwait(false);
        if (bytes > options.MaxBytes)
        {
            // Dead letters first: they never displace an event. Those that were removed above, or by an append, still take room in the file.
            long total = (long)(await ScalarAsync("SELECT coalesce(sum(size), 0)::bigint FROM dead_letters", cancellation).ConfigureAwait(false))!;
            long size = (long)(await ScalarAsync("SELECT pg_total_relation_size('dead_letters')", cancellation).ConfigureAwait(false))!;
            long excess = bytes - options.MaxBytes - Math.Max(0, size - (2 * total));
            if (excess > 0 && total > 0)
            {
                letters += await PostgresDeadLetters.TrimAsync(connection, Math.Max(0, total - excess), cancellation).ConfigureAwait(false);
            }

            if (letters > 0 || size > 2 * total)
            {
                await ExecuteAsync("VACUUM (FULL) dead_letters", cancellation).ConfigureAwait(false);
                bytes = await BytesAsync(cancellation).ConfigureAwait(false);
            }
        }

        foreach (EventPriority priority in Enum.GetValues<EventPriority>())
        {
            while (bytes > options.MaxBytes)
            {
                EventPartition? oldest = (await PartitionsAsync(cancellation).ConfigureAwait(false))
                    .Where(partition => PartitionTable.PriorityOf(partition.Tier) == priority).MinBy(partition => partition.FirstArrival);
                if (oldest is null)
                {
                    break;
                }

                long removed = await EvictAsync(oldest, bytes - options.MaxBytes, cancellation).ConfigureAwait(false);
                bytes = await BytesAsync(cancellation).ConfigureAwait(false);
                evicted += removed;
                if (removed == 0)
                {
                    break;
                }
            }
        }

        return (evicted, bytes, letters);
    }

    private async Task<long> EvictAsync(EventPartition partition, long excess, CancellationToken cancellation)
    {
        long size = (long)(await ScalarAsync($"SELECT pg_total_relation_size('{partition.Table}')", cancellation).ConfigureAwait(false))!;
        if (size <= excess)
        {
            return await DropAsync(partition, await SeriesAsync(partition, cancellation).ConfigureAwait(false), evenNew: true, cancellation).ConfigureAwait(false);
        }

        long removed = await CutAsync(partition, Math.Max(excess, size / LeastCut), cancellation).ConfigureAwait(false);
        await ExecuteAsync($"VACUUM (FULL) {partition.Table}", cancellation).ConfigureAwait(false);
        await ExecuteAsync(
            $"UPDATE partitions SET first_arrival = coalesce((SELECT min(arrival) FROM {partition.Table}), last_arrival) WHERE tier = $1 AND begin_time = $2",
            cancellation, partition.Tier, partition.Begin).ConfigureAwait(false);
        memory.Due.Remove((partition.Tier, partition.Begin));
        return removed;
    }

    /// <summary>Removes the oldest events of a partition until about <paramref name="bytes"/> are free.</summary>
    private async Task<long> CutAsync(EventPartition partition, long bytes, CancellationToken cancellation)
    {
        int[] series = [.. (await SeriesAsync(partition, cancellation).ConfigureAwait(false)).Select(one => one.Id)];
        long total = 0;
        while (bytes > 0)
        {
            (long rows, long freed, long last) = await OldestAsync(partition, bytes, cancellation).ConfigureAwait(false);
            if (rows == 0)
            {
                break;
            }

            total += await InTransactionAsync(async () =>
            {
                long count = await ExecuteAsync(Deleting(partition, "SELECT ctid FROM {0} WHERE seq <= $1"), cancellation, last).ConfigureAwait(false);
                await RenewLatestAsync(series, cancellation).ConfigureAwait(false);
                return count;
            }, cancellation).ConfigureAwait(false);
            bytes -= freed;
        }

        return total;
    }

    /// <summary>The oldest events that free <paramref name="bytes"/>, a transaction's worth at most: how many, how much, up to which.</summary>
    private async Task<(long Rows, long Freed, long Last)> OldestAsync(EventPartition partition, long bytes, CancellationToken cancellation)
    {
        object? found = await ScalarAsync(
            $"""
            SELECT count(*) || ' ' || coalesce(max(total), 0)::bigint || ' ' || coalesce(max(seq), 0) FROM (
                SELECT seq, sum(size) OVER (ORDER BY seq) AS total, sum(size) OVER (ORDER BY seq) - size AS before FROM (
                    SELECT seq, {RowBytes} AS size FROM {partition.Table} ORDER BY seq LIMIT $1) oldest) sums
            WHERE before < $2
            """, cancellation, (long)Rows, bytes).ConfigureAwait(false);
        long[] numbers = [.. ((string)found!).Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>Tables with their indexes and what is stored out of line.</summary>
    private async Task<long> BytesAsync(CancellationToken cancellation) =>
        (long)(await ScalarAsync(layout.Bytes, cancellation).ConfigureAwait(false))!;
}
