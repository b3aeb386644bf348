namespace Sensing.CloudIngest.Log;

/// <summary>Bytes that may be in memory at a time; who wants more waits its turn, first come, first served.</summary>
/// <param name="total">The budget. One record that is larger than all of it gets through alone.</param>
internal sealed class ByteBudget(long total)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(long Size, TaskCompletionSource Granted)> _queue = [];
    private long _taken;

    /// <summary>Bytes that are taken now.</summary>
    public long Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    public Task TakeAsync(long size, CancellationToken cancellation)
    {
        LinkedListNode<(long Size, TaskCompletionSource Granted)> turn;
        lock (_lock)
        {
            if (_queue.Count == 0 && Fits(size))
            {
                _taken += size;
                return Task.CompletedTask;
            }

            turn = _queue.AddLast((size, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        return WaitAsync(turn, cancellation);
    }

    public void Return(long size)
    {
        lock (_lock)
        {
            _taken -= size;
            Grant();
        }
    }

    private async Task WaitAsync(LinkedListNode<(long Size, TaskCompletionSource Granted)> turn, CancellationToken cancellation)
    {
        try
        {
            await turn.Value.Granted.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                if (turn.List is not null)
                {
                    _queue.Remove(turn);
                }
                else
                {
                    // Granted in the same instant: give it back.
                    _taken -= turn.Value.Size;
                }

                Grant();
            }

            throw;
        }
    }

    private void Grant()
    {
        while (_queue.First is { } first && Fits(first.Value.Size))
        {
            _taken += first.Value.Size;
            _queue.RemoveFirst();
            first.Value.Granted.SetResult();
        }
    }

    private bool Fits(long size) => _taken == 0 || _taken + size <= total;
}
