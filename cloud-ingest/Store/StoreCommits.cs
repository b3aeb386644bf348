using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Store;

/// <summary>The way of every writer to the store: each commit is counted and timed.</summary>
public sealed class StoreCommits(IEventStore store, CloudMetrics metrics, TimeProvider time, DeadLetterLoss? loss = null)
{
    /// <summary>The partition under which <see cref="ProbeAsync"/> writes; no log has one of this name.</summary>
    public const string ProbePartition = "health-probe";

    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private long _lastCommit;

    /// <summary>Timestamp (of the clock's <see cref="TimeProvider.GetTimestamp"/>) of the last commit; null before the first and after a failure.</summary>
    public long? LastCommit => Interlocked.Read(ref _lastCommit) is not 0 and long last ? last : null;

    /// <summary><see cref="IEventStore.AppendAsync"/>, measured. Records that the store refuses for what is in them become dead letters with its
    /// reason; the others are stored.</summary>
    /// <remarks>A refused append is parted in halves until the culprit is alone. The parts are committed in the order of the records, all but
    /// the last with the positions unmoved: a process that is killed in between reads the same records again, and ids pass over what is stored.</remarks>
    public async Task<AppendResult> AppendAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        try
        {
            return await CommitAsync(records, positions, cancellation).ConfigureAwait(false);
        }
        catch (RefusedDataException refusal) when (records.Count > 0)
        {
            return await PartAsync(records, positions, refusal, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes something small that nobody reads, to see whether the store writes: a full disk shows only then.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        await store.AppendAsync([], [new LogPosition(ProbePartition, (time.GetUtcNow() - Epoch).Ticks / TimeSpan.TicksPerMillisecond)], cancellation).ConfigureAwait(false);
        Interlocked.Exchange(ref _lastCommit, time.GetTimestamp());
    }

    private async Task<AppendResult> PartAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, RefusedDataException refusal, CancellationToken cancellation)
    {
        if (records.Count == 1)
        {
            DeadLetterRecord letter = DeadLetters.Of(records[0], refusal.Message) with { Kind = DeadLetterKind.Store };
            if (records[0] is DeadLetterRecord before && before.Topic == letter.Topic && before.Properties == letter.Properties)
            {
                // Not its texts then: no dead letter is stored at all, and none may be lost.
                throw refusal;
            }

            return await AppendAsync([letter], positions, cancellation).ConfigureAwait(false);
        }

        int half = records.Count / 2;
        LogPosition[] unmoved = [.. positions.Where(position => position.Expected is not null).Select(position => position with { Next = position.Expected!.Value })];
        AppendResult first = await AppendAsync([.. records.Take(half)], unmoved, cancellation).ConfigureAwait(false);
        AppendResult rest = await AppendAsync([.. records.Skip(half)], positions, cancellation).ConfigureAwait(false);
        return new AppendResult(first.Added + rest.Added, first.Repeated + rest.Repeated, first.DeadLetters + rest.DeadLetters);
    }

    private async Task<AppendResult> CommitAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        try
        {
            AppendResult result = await store.AppendAsync(records, positions, cancellation).ConfigureAwait(false);
            metrics.Committed(records, result, time.GetElapsedTime(began), time.GetUtcNow());
            loss?.Report(result.DeadLettersRemoved);
            Interlocked.Exchange(ref _lastCommit, time.GetTimestamp());
            return result;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            metrics.CommitFailed(time.GetElapsedTime(began));
            Interlocked.Exchange(ref _lastCommit, 0);
            throw;
        }
    }
}
