using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Sensing.Effects;

/// <summary>Runs commands on the thread pool, within the stream's limits.</summary>
public sealed class EffectExecutor : IEffectQueue
{
    /// <summary>Handlers that do not observe their token are left behind after this.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly EffectHandlers _handlers;
    private readonly EffectLimits _limits;
    private readonly bool _refuses;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<EffectCompletion> _completed = Channel.CreateUnbounded<EffectCompletion>();
    private readonly PendingEffects _pending = new();
    private readonly Lock _running = new();
    private readonly HashSet<Task> _work = [];
    private bool _isDisposed;

    /// <param name="handlers">Who does the work; disposed with the executor.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="refuses">True: a command beyond the bound is refused, as a live sensor needs. False: it is taken, and the
    /// run waits for <see cref="HasRoom"/> before it hands on the next sample, as a recording can.</param>
    /// <param name="time">Clock of time limits and of <see cref="EffectCompletion.Elapsed"/>.</param>
    public EffectExecutor(EffectHandlers handlers, EffectLimits limits, bool refuses, TimeProvider time)
    {
        _handlers = handlers;
        _limits = limits;
        _refuses = refuses;
        _time = time;
    }

    /// <summary>Writes down each completion as it enters the pipeline; disposed with the executor (default: null, nothing does).</summary>
    public EffectRecorder? Recorder { get; set; }

    public IReadOnlyCollection<PendingEffect> Pending => _pending.All;

    public bool HasRoom => _pending.All.Count < MaxPending;

    private int MaxPending => Math.Min(_limits.MaxPending, _handlers.MaxPending);

    public void Submit<TRequest, TResult>(Effect<TRequest, TResult> effect, long id, TRequest request)
        where TRequest : notnull
        where TResult : notnull
    {
        (Func<TRequest, CancellationToken, Task<TResult>> run, SemaphoreSlim slots) = _handlers.Of(effect);
        bool room = HasRoom || !_refuses;
        _pending.Add(new PendingEffect(effect.Name, id));
        if (!room)
        {
            (request as IDisposable)?.Dispose();
            Complete(effect.Name, id, EffectOutcome.Refused, TimeSpan.Zero, default, $"{MaxPending} commands were pending already.");
            return;
        }

        Task work = Task.Run(() => RunAsync(effect, id, request, run, slots), CancellationToken.None);
        lock (_running)
        {
            _work.Add(work);
        }

        _ = work.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void Restore(IEnumerable<PendingEffect> pending)
    {
        foreach (PendingEffect lost in pending)
        {
            _pending.Add(lost);
            Complete(lost.Effect, lost.Id, EffectOutcome.Lost, TimeSpan.Zero, default, "The program stopped while the command was pending.");
        }
    }

    public bool TryTake(StreamPosition now, [NotNullWhen(true)] out EffectCompletion? completion)
    {
        if (!_completed.Reader.TryRead(out completion))
        {
            return false;
        }

        completion = completion with { Time = now.Until };
        _pending.Remove(completion.Effect, completion.Id);
        Recorder?.Write(now, completion);
        return true;
    }

    public async Task<bool> WaitAsync(CancellationToken cancellation) => _pending.All.Count > 0
        && await _completed.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false);

    public void EndOfSamples(StreamPosition now)
    {
        // Whatever is pending still completes.
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            Recorder?.Dispose();
        }
        finally
        {
            // A full disk must not keep an accelerator.
            await EndWorkAsync().ConfigureAwait(false);
        }
    }

    private async Task EndWorkAsync()
    {
        Task[] rest;
        lock (_running)
        {
            rest = [.. _work];
        }

        Task all = Task.WhenAll(rest);
        await Task.WhenAny(all, Task.Delay(Grace, _time)).ConfigureAwait(false);
        if (all.IsCompleted)
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
        else
        {
            // Some handler still uses what would be disposed.
            _ = all.ContinueWith(_ => ReleaseAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async ValueTask ReleaseAsync()
    {
        await _handlers.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync<TRequest, TResult>(
        Effect<TRequest, TResult> effect, long id, TRequest request, Func<TRequest, CancellationToken, Task<TResult>> run, SemaphoreSlim slots)
        where TRequest : notnull
        where TResult : notnull
    {
        using var limit = new CancellationTokenSource(_limits.Timeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        long? began = null;
        Task<byte[]>? work = null;
        try
        {
            await slots.WaitAsync(ending.Token).ConfigureAwait(false);
            began = _time.GetTimestamp();
            work = WorkAsync();
            byte[] result = await work.WaitAsync(ending.Token).ConfigureAwait(false);
            Complete(effect.Name, id, EffectOutcome.Succeeded, Elapsed(), result, null);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The run has ended: the command stays pending and is lost.
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Complete(effect.Name, id, EffectOutcome.TimedOut, Elapsed(), default, $"No result within {_limits.Timeout.TotalSeconds:R} s.");
        }
#pragma warning disable CA1031 // Whatever a handler throws belongs to its command, not to the stream.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Complete(effect.Name, id, EffectOutcome.Failed, Elapsed(), default, error.Message);
        }

        // A handler that does not observe its token keeps its slot and its request until it returns.
        if (work is null)
        {
            (request as IDisposable)?.Dispose();
        }
        else
        {
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        TimeSpan Elapsed() => began is { } start ? _time.GetElapsedTime(start) : TimeSpan.Zero;

        async Task<byte[]> WorkAsync()
        {
            try
            {
                await Task.Yield();
                return effect.Write(await run(request, ending.Token).ConfigureAwait(false));
            }
            finally
            {
                (request as IDisposable)?.Dispose();
                slots.Release();
            }
        }
    }

    private void Complete(string effect, long id, EffectOutcome outcome, TimeSpan elapsed, ReadOnlyMemory<byte> result, string? problem) =>
        _completed.Writer.TryWrite(new EffectCompletion
        {
            Effect = effect,
            Id = id,
            Time = default,
            Outcome = outcome,
            Elapsed = elapsed,
            Result = result,
            Problem = problem,
        });

    private void Forget(Task work)
    {
        lock (_running)
        {
            _work.Remove(work);
        }
    }
}
