namespace Sensing.CloudIngest.Store;

/// <summary>Notes that dead letters were removed before their time, for the readiness check: whoever looks for one may not find it.</summary>
public sealed class DeadLetterLoss(TimeProvider time)
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    private long _removed;
    private long _at;

    /// <summary>Dead letters removed since the start.</summary>
    public long Removed => Interlocked.Read(ref _removed);

    /// <summary>What to say of it for an hour; null where nothing was removed.</summary>
    public string? Warning => Removed > 0 && time.GetElapsedTime(Interlocked.Read(ref _at)) < Shown
        ? $"{Removed} dead letters were removed before their time since they reached store.maxDeadLetterBytes, or the store is full: find who sends them in the newest ones"
        : null;

    public void Report(long removed)
    {
        if (removed > 0)
        {
            Interlocked.Add(ref _removed, removed);
            Interlocked.Exchange(ref _at, time.GetTimestamp());
        }
    }
}
