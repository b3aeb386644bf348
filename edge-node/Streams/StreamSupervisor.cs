using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Waiting;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

/// <summary>Keeps one stream going: starts it again when it fails or stalls. Whatever happens to it stays in it.</summary>
internal sealed class StreamSupervisor(StreamSetting setting, StreamCatalogue catalogue, WatchdogOptions watchdog, int seed)
{
    /// <summary>A failure that repeats itself is told again after this long.</summary>
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromHours(1);

    private readonly Backoff _backoff = new(watchdog.Backoff, seed);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _told;
    private long _toldAt;

    public StreamStatus Status => setting.Monitor.Status;

    public StreamMonitor Monitor => setting.Monitor;

    public StreamOptions Options => setting.Options;

    /// <summary>Completes when a recording has been read to its end and all its events are committed.</summary>
    public Task Finished => _ended.Task;

    /// <summary>Runs until <paramref name="stop"/>; then the stream has <paramref name="stopWithin"/> to end in order.</summary>
    public async Task RunAsync(TimeSpan stopWithin, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            setting.Monitor.Enter(StreamState.Starting, setting.Monitor.Status.Problem);
            long blocksBefore = setting.Monitor.Status.Blocks;
            using var abort = new CancellationTokenSource();
            Task<bool> run = Task.Run(() => RunOnceAsync(stop, abort.Token), CancellationToken.None);
            try
            {
                bool stalled = await WatchAsync(run, abort, stopWithin, stop);
                if (!stalled && await run)
                {
                    setting.Monitor.Enter(StreamState.Finished);
                    StreamLog.Finished(setting.Logger, setting.Options.Name);
                    _ended.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, setting.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                else if (stalled)
                {
                    await TellAsync(StreamState.Stalled, "stalled", $"Nothing came for {watchdog.StallSeconds:R} s; the stream is started again.", null, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (OutboxException)
            {
                // Not the stream's fault, and starting it again would not help: the node sees to it.
                await Task.Delay(Timeout.InfiniteTimeSpan, setting.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception error)
            {
                StreamLog.Failed(setting.Logger, error, setting.Options.Name, error.Message);
                await TellAsync(StreamState.Retrying, "failed", $"The stream failed and is started again: {error.Message}", error, stop);
            }

            if (stop.IsCancellationRequested)
            {
                break;
            }

            if (setting.Monitor.Status.Blocks > blocksBefore)
            {
                // It did work: the next try is due soon.
                _backoff.Reset();
            }

            await Task.Delay(_backoff.Next(), setting.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        setting.Monitor.Enter(StreamState.Stopped, setting.Monitor.Status.Problem);
    }

    private async Task<bool> RunOnceAsync(CancellationToken stop, CancellationToken abort)
    {
        using IStreamRun run = catalogue.Visit(setting.Options.Source!, setting.Options.Pipeline!, setting.Context, new StreamRunFactory(setting));
        return await run.RunAsync(stop, abort);
    }

    /// <summary>Waits for the run's end, its stall, or the end of the time it has to stop.</summary>
    /// <returns>True where it stalled; it has then ended or was left behind.</returns>
    private async Task<bool> WatchAsync(Task<bool> run, CancellationTokenSource abort, TimeSpan stopWithin, CancellationToken stop)
    {
        TimeSpan limit = TimeSpan.FromSeconds(watchdog.StallSeconds);
        TimeSpan check = limit == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : limit / 4;
        while (!run.IsCompleted)
        {
            await WaitAsync(run, check, stop);
            if (run.IsCompleted)
            {
                return false;
            }

            if (stop.IsCancellationRequested)
            {
                await WaitAsync(run, stopWithin, CancellationToken.None);
                if (!run.IsCompleted)
                {
                    StreamLog.NotStopped(setting.Logger, setting.Options.Name);
                    await AbortAsync(run, abort);
                    stop.ThrowIfCancellationRequested();
                }

                return false;
            }

            if (limit > TimeSpan.Zero && setting.Monitor.Still is var still && still >= limit)
            {
                StreamLog.Stalled(setting.Logger, setting.Options.Name, still.TotalSeconds);
                setting.Monitor.Enter(StreamState.Stalled, $"nothing came for {still.TotalSeconds:F0} s");
                await AbortAsync(run, abort);
                return true;
            }
        }

        return false;
    }

    private async Task AbortAsync(Task<bool> run, CancellationTokenSource abort)
    {
        await abort.CancelAsync();
        await WaitAsync(run, TimeSpan.FromSeconds(watchdog.GraceSeconds), CancellationToken.None);
        if (!run.IsCompleted)
        {
            // Cancelled, it can no longer append; but its thread may hang in its source for ever.
            StreamLog.LeftBehind(setting.Logger, setting.Options.Name);
        }
    }

    private async Task WaitAsync(Task run, TimeSpan most, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(run, Task.Delay(most, setting.Time, over.Token));
        await over.CancelAsync();
    }

    private async Task TellAsync(StreamState state, string code, string message, Exception? error, CancellationToken stop)
    {
        setting.Monitor.Restarting(state, message);
        if (_told == message && setting.Time.GetElapsedTime(_toldAt) < TellAgainAfter)
        {
            return;
        }

        _told = message;
        _toldAt = setting.Time.GetTimestamp();
        try
        {
            await setting.Outbox.AppendAsync(
                [StreamEvents.OfNode(setting.Context.Address, setting.Time.GetUtcNow(), code, NoticeSeverity.Error, message, error)], null, stop);
        }
        catch (Exception refused) when (refused is OutboxException or OperationCanceledException)
        {
            // It is in the log and in the status.
        }
    }
}
