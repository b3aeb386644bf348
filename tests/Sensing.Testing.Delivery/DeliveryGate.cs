namespace Sensing.Testing.Delivery;

/// <summary>Lets producers go on in portions, so that each fault happens while events are on their way.</summary>
public sealed class DeliveryGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private double _share;

    /// <summary>Told each time how far it is open now.</summary>
    public event Action<double>? Opened;

    /// <summary>Lets each producer send its events up to <paramref name="share"/> of all, 0 to 1.</summary>
    public void Open(double share)
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            _share = Math.Max(_share, share);
            reached = _next;
            _next = New();
            Opened?.Invoke(_share);
        }

        reached.SetResult();
    }

    /// <summary>Completes once event <paramref name="number"/>, from 0, of <paramref name="count"/> may be sent.</summary>
    public async Task WaitAsync(int number, int count, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (number < Math.Ceiling(_share * count))
                {
                    return;
                }

                next = _next.Task;
            }

            await next.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
