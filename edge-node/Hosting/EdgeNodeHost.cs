using System.Reflection;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Publishing;
using Sensing.EdgeNode.Status;
using Sensing.EdgeNode.Streams;
using Sensing.EdgeNode.Telemetry;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Models;
using Sensing.Streams;

namespace Sensing.EdgeNode.Hosting;

/// <summary>A whole edge node: its streams, its outbox, its way to the broker. Several can live in one process.</summary>
public sealed partial class EdgeNodeHost : IDisposable
{
    private static readonly TimeSpan TellLossesEvery = TimeSpan.FromMinutes(1);

    /// <summary>Beyond the configured bounds, for what cannot be cut short: a goodbye to the broker, a last commit.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    private readonly string _baseDirectory;
    private readonly StreamCatalogue _catalogue;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;
    private IModelStore _models;
    private ModelUpdates? _updates;
    private readonly int _seed;
    private readonly DateTimeOffset _startedAt;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, RunningStream> _streams = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _applying = new(1, 1);

    private readonly PublisherTally _tally = new();
    private readonly SiteEvents _site = new();
    private readonly NodeMetrics _metrics;

    private NodeOptions _options;
    private EventOutbox? _outbox;
    private RunningPublisher? _publisher;
    private bool _stopping;

    /// <param name="options">Configuration, checked.</param>
    /// <param name="baseDirectory">Folder that relative paths in it start from.</param>
    /// <param name="catalogue">Sources and pipelines.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logs">Where to log.</param>
    /// <param name="seed">Of the jitter of all waiting; null: from site and node, so that nodes differ and a node repeats.</param>
    public EdgeNodeHost(
        NodeOptions options, string baseDirectory, StreamCatalogue catalogue, TimeProvider time, ILoggerFactory logs, int? seed = null)
    {
        _options = options;
        _baseDirectory = Path.GetFullPath(baseDirectory);
        _catalogue = catalogue;
        _time = time;
        _logs = logs;
        _models = NodeModels.Of(options.Models, _baseDirectory);
        _logger = logs.CreateLogger<EdgeNodeHost>();
        _seed = seed ?? BitConverter.ToInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{options.Site}/{options.Node}")));
        _startedAt = time.GetUtcNow();
        _metrics = new NodeMetrics(options.Site, options.Node, () => Outbox, () => Publisher, _tally, Monitors);
    }

    /// <summary>Completes once streams and publisher run; faults where the node cannot start.</summary>
    public Task Started => _started.Task;

    /// <summary>The node's version.</summary>
    public static string Version { get; } =
        typeof(EdgeNodeHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Runs until <paramref name="stop"/>, then stops in order: streams save their place, what waits is sent within
    /// the configured bound, the broker is told.</summary>
    /// <exception cref="OutboxException">The outbox cannot be opened, or has failed.</exception>
    /// <exception cref="NodeException">The data folder is in use.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var updating = new CancellationTokenSource();
        try
        {
            string folder = Path.GetFullPath(_options.DataDirectory, _baseDirectory);
            using NodeLock held = NodeLock.Take(folder);
            await using EventOutbox outbox = EventOutbox.Open(
                Path.Combine(folder, "outbox.db"), _options.Outbox, _time, _logs.CreateLogger<EventOutbox>());
            _outbox = outbox;
            if (outbox.Recovery is { } recovery)
            {
                await outbox.ReportRecoveryAsync(OfNode("outbox-damaged", NoticeSeverity.Error, recovery.ToString()), stop);
            }

            Task updated = StartUpdates(folder, updating.Token);
            StartPublisher();
            foreach (StreamOptions stream in _options.Streams)
            {
                StartStream(stream);
            }

            HostLog.Runs(_logger, _options.Site, _options.Node, _options.Streams.Length);
            _started.TrySetResult();
            Exception? failure = await UntilStoppedAsync(outbox, stop);
            await updating.CancelAsync();
            await StopAsync(outbox, failed: failure is not null);
            await updated;
            if (failure is not null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }
        catch (Exception error)
        {
            await updating.CancelAsync();
            _started.TrySetException(error);
            throw;
        }
    }

    /// <summary>As <see cref="RunAsync"/>, and ends by itself once every recording has been read and the broker has acknowledged every event.</summary>
    public async Task RunUntilDeliveredAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task running = RunAsync(end.Token);
        try
        {
            Task delivered = AllDeliveredAsync(end.Token);
            if (await Task.WhenAny(running, delivered) == delivered)
            {
                await delivered;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before the end.
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }
    }

    /// <summary>How the node is now.</summary>
    public NodeStatus Status(NodeState state = NodeState.Online)
    {
        OutboxStatistics? outbox = _outbox?.Statistics;
        StreamStatus[] streams;
        lock (_streams)
        {
            streams = [.. _streams.Values.Select(stream => stream.Supervisor.Status).OrderBy(stream => stream.Name, StringComparer.Ordinal)];
        }

        return new NodeStatus
        {
            State = state,
            Version = Version,
            StartedAt = _startedAt,
            SentAt = _time.GetUtcNow(),
            ClockOffsetSeconds = ClockState.Read().OffsetSeconds,
            OutboxEvents = outbox?.Events ?? 0,
            OutboxBytes = outbox?.Bytes ?? 0,
            OldestUnsentSeconds = outbox?.OldestSeconds ?? 0,
            DeadLetters = outbox?.DeadLetters ?? 0,
            Streams = streams,
        };
    }

    /// <summary>The way to the broker.</summary>
    public PublisherState Publisher => _publisher?.Publisher.State ?? new PublisherState(false, 0, null);

    /// <summary>What the outbox holds.</summary>
    public OutboxStatistics Outbox => _outbox?.Statistics ?? new OutboxStatistics(0, 0, 0, 0, 0, null);

    /// <summary>Models that are fetched; null: none are.</summary>
    internal ModelUpdates? Updates => _updates;

    private StreamMonitor[] Monitors()
    {
        lock (_streams)
        {
            return [.. _streams.Values.Select(stream => stream.Supervisor.Monitor)];
        }
    }

    /// <summary>Completes when every stream is a recording that has been read to its end.</summary>
    public async Task AllFinishedAsync(CancellationToken cancellation)
    {
        await Started.WaitAsync(cancellation);
        Task[] finished;
        lock (_streams)
        {
            finished = [.. _streams.Values.Select(stream => stream.Supervisor.Finished)];
        }

        await Task.WhenAll(finished).WaitAsync(cancellation);
    }

    private async Task AllDeliveredAsync(CancellationToken cancellation)
    {
        await AllFinishedAsync(cancellation);
        await _outbox!.WaitUntilEmptyAsync(cancellation);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _applying.Dispose();
        _publisher?.Dispose();
        _updates?.Dispose();
    }

    private async Task<Exception?> UntilStoppedAsync(EventOutbox outbox, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task publisher = _publisher!.Running;
            await Task.WhenAny(outbox.Failed, publisher, Task.Delay(TellLossesEvery, _time, over.Token));
            await over.CancelAsync();
            if (outbox.Failed.IsCompleted)
            {
                return await outbox.Failed;
            }

            if (publisher.Exception?.InnerException is { } failure)
            {
                return failure;
            }

            if (!stop.IsCancellationRequested)
            {
                await TellLossesAsync(outbox, stop);
            }
        }

        return null;
    }

    private async Task TellLossesAsync(EventOutbox outbox, CancellationToken stop)
    {
        try
        {
            DateTimeOffset now = _time.GetUtcNow();
            await outbox.ReportLossesAsync(loss => NodeEvents.Loss.Create(Own, now, loss.Reason, loss), stop);
        }
        catch (Exception error) when (error is OperationCanceledException or OutboxException)
        {
            // What is not told now stays noted in the file.
        }
    }

    private async Task StopAsync(EventOutbox outbox, bool failed)
    {
        HostLog.Stopping(_logger);
        await _applying.WaitAsync();
        _stopping = true;
        _applying.Release();
        RunningStream[] streams;
        lock (_streams)
        {
            streams = [.. _streams.Values];
        }

        await Task.WhenAll(streams.Select(stream => stream.StopAsync()));
        // On a full disk nothing of this ends by itself: what is not told or removed by then is so after the next start.
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(_options.StopDrainSeconds) + StopMargin, _time);
        if (!failed)
        {
            await TellLossesAsync(outbox, bound.Token);
        }

        Task publisher = _publisher!.StopAsync();
        await publisher.WaitAsync(bound.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await outbox.DisposeAsync();
        await publisher.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (RunningStream stream in streams)
        {
            stream.Dispose();
        }
    }

    private StreamAddress Own => new(_options.Site, _options.Node, NodeConfiguration.OwnStream);

    private SensorEvent OfNode(string code, NoticeSeverity severity, string message) =>
        StreamEvents.OfNode(Own, _time.GetUtcNow(), code, severity, message);
}
