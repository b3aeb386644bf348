namespace Sensing.CloudIngest.Store;

/// <summary>Counts commits and wakes whoever waits for the next one.</summary>
/// <remarks>Read <see cref="Version"/>, then the store, then wait for a version above the one read: no commit is missed.</remarks>
public sealed class CommitSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private long _version;

    public long Version => Interlocked.Read(ref _version);

    /// <summary>Called after a commit.</summary>
    public void Raise()
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            _version++;
            reached = _next;
            _next = New();
        }

        reached.SetResult();
    }

    /// <summary>Completes once there was a commit after version <paramref name="seen"/>.</summary>
    public Task WaitAsync(long seen, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _version > seen ? Task.CompletedTask : _next.Task.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
