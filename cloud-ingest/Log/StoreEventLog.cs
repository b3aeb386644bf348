using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Log;

/// <summary>The log where there is no broker of logs: whatever waits goes to the store in one commit (group commit).</summary>
/// <remarks>While the store fails, the batch under way is tried again with growing waits and nothing of it is completed: publishers see
/// a slow cloud, not a lossy one. When the process stops, what is not committed is cancelled, never acknowledged.</remarks>
public sealed partial class StoreEventLog : BackgroundService, IEventLog
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    private readonly StoreCommits _store;
    private readonly LimitOptions _limits;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreEventLog> _logger;
    private readonly Channel<Entry> _waiting;
    private readonly ByteBudget _bytes;
    private volatile string? _problem = "starting";

    public StoreEventLog(StoreCommits store, LimitOptions limits, TimeProvider time, ILogger<StoreEventLog> logger)
    {
        _store = store;
        _limits = limits;
        _time = time;
        _logger = logger;
        _bytes = new ByteBudget(limits.MaxInFlightBytes);
        _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(limits.MaxInFlight) { SingleReader = true });
    }

    public string? Problem => _problem;

    public bool IsRunning => ExecuteTask is { IsCompleted: false };

    public async ValueTask<Task> AppendAsync(LogRecord record, CancellationToken cancellation)
    {
        await _bytes.TakeAsync(record.Size, cancellation).ConfigureAwait(false);
        var entry = new Entry(record);
        try
        {
            await _waiting.Writer.WriteAsync(entry, cancellation).ConfigureAwait(false);
        }
        catch
        {
            _bytes.Return(record.Size);
            throw;
        }

        return entry.Committed.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Whoever appends has been stopped before; what still waits is committed within the host's shutdown bound.
        _waiting.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        _problem = "stopped";
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Entry>(_limits.MaxBatch);
        try
        {
            _problem = null;
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
            {
                while (batch.Count < _limits.MaxBatch && _waiting.Reader.TryRead(out Entry? entry))
                {
                    batch.Add(entry);
                }

                await CommitAsync(batch, stoppingToken).ConfigureAwait(false);
                foreach (Entry entry in batch)
                {
                    _bytes.Return(entry.Record.Size);
                    entry.Committed.SetResult();
                }

                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped hard: the rest stays unacknowledged and comes again.
        }
        finally
        {
            _problem = "stopped";
            _waiting.Writer.TryComplete();
            batch.ForEach(entry => entry.Committed.TrySetCanceled(CancellationToken.None));
            while (_waiting.Reader.TryRead(out Entry? entry))
            {
                entry.Committed.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    private async Task CommitAsync(List<Entry> batch, CancellationToken cancellation)
    {
        LogRecord[] records = [.. batch.Select(entry => entry.Record)];
        TimeSpan wait = FirstRetry;
        while (true)
        {
            try
            {
                await _store.AppendAsync(records, [], cancellation).ConfigureAwait(false);
                if (_problem is not null)
                {
                    _problem = null;
                    Recovered();
                }

                return;
            }
#pragma warning disable CA1031 // Whatever the store says, the batch stays and is tried again; giving it up would lose it.
            catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (_problem is null)
                {
                    Failing(error, records.Length);
                }

                _problem = $"the store does not take events: {error.Message}";
            }

            await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
            wait = wait * 2 < LastRetry ? wait * 2 : LastRetry;
        }
    }

    [LoggerMessage(4001, LogLevel.Error, "The store does not take events ({Count} wait in the batch under way): nothing is acknowledged until it does. Trying again.")]
    private partial void Failing(Exception error, int count);

    [LoggerMessage(4002, LogLevel.Warning, "The store takes events again.")]
    private partial void Recovered();

    private sealed class Entry(LogRecord record)
    {
        public LogRecord Record { get; } = record;

        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
