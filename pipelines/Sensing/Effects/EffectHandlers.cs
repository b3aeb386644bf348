namespace Sensing.Effects;

/// <summary>Who does the work of a pipeline's effects. Made for each run of a stream and disposed with it.</summary>
public sealed class EffectHandlers : IAsyncDisposable
{
    private readonly Dictionary<string, Handler> _byName = new(StringComparer.Ordinal);
    private readonly Stack<object> _owned = new();

    /// <summary>No handlers: of a pipeline that has no effects.</summary>
    public static EffectHandlers None => new();

    /// <summary>Commands that may be pending, where the handlers take fewer than the stream's limits allow (default: no bound of their own).</summary>
    public int MaxPending { get; init; } = int.MaxValue;

    /// <summary>Names of the effects that have a handler.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Names a handler. It may run on any thread, must observe the token, and its result must depend on the request alone where possible.</summary>
    /// <param name="effect">The kind of work.</param>
    /// <param name="run">Does it.</param>
    /// <param name="concurrency">How many of these commands run at a time (default: 1, as one accelerator takes).</param>
    /// <param name="owner">Disposed with the handlers, the last one first; null: nothing.</param>
    public EffectHandlers Add<TRequest, TResult>(
        Effect<TRequest, TResult> effect, Func<TRequest, CancellationToken, Task<TResult>> run, int concurrency = 1, object? owner = null)
        where TRequest : notnull
        where TResult : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        if (!_byName.TryAdd(effect.Name, new Handler(effect, run, new SemaphoreSlim(concurrency))))
        {
            throw new InvalidOperationException($"The effect '{effect.Name}' has two handlers.");
        }

        if (owner is not null)
        {
            _owned.Push(owner);
        }

        return this;
    }

    /// <summary>The handler of an effect and the slots that it has.</summary>
    internal (Func<TRequest, CancellationToken, Task<TResult>> Run, SemaphoreSlim Slots) Of<TRequest, TResult>(Effect<TRequest, TResult> effect)
        where TRequest : notnull
        where TResult : notnull => _byName.TryGetValue(effect.Name, out Handler? handler) && handler.Run is Func<TRequest, CancellationToken, Task<TResult>> run
            ? (run, handler.Slots)
            : throw new InvalidOperationException($"The pipeline has no handler for '{effect.Name}': name one where it is registered.");

    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out object? owner))
        {
            if (owner is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (owner as IDisposable)?.Dispose();
            }
        }

        foreach (Handler handler in _byName.Values)
        {
            handler.Slots.Dispose();
        }
    }

    private sealed record Handler(IEffect Effect, Delegate Run, SemaphoreSlim Slots);
}
