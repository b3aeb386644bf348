using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Store;

/// <summary>The way of every writer to the store: each commit is counted and timed.</summary>
public sealed class StoreCommits(IEventStore store, CloudMetrics metrics, TimeProvider time)
{
    /// <summary>The partition under which <see cref="ProbeAsync"/> writes; no log has one of this name.</summary>
    public const string ProbePartition = "health-probe";

    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private long _lastCommit;

    /// <summary>Timestamp (of the clock's <see cref="TimeProvider.GetTimestamp"/>) of the last commit; null before the first and after a failure.</summary>
    public long? LastCommit => Interlocked.Read(ref _lastCommit) is not 0 and long last ? last : null;

    /// <summary><see cref="IEventStore.AppendAsync"/>, measured.</summary>
    public async Task<AppendResult> AppendAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        try
        {
            AppendResult result = await store.AppendAsync(records, positions, cancellation).ConfigureAwait(false);
            metrics.Committed(records, result, time.GetElapsedTime(began), time.GetUtcNow());
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

    /// <summary>Writes something small that nobody reads, to see whether the store writes: a full disk shows only then.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        await store.AppendAsync([], [new LogPosition(ProbePartition, (time.GetUtcNow() - Epoch).Ticks / TimeSpan.TicksPerMillisecond)], cancellation).ConfigureAwait(false);
        Interlocked.Exchange(ref _lastCommit, time.GetTimestamp());
    }
}
