using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Health;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Kafka to the store: records and the offsets after them in one transaction, and reading begins at the stored offsets, so that in effect each is stored exactly once.</summary>
/// <remarks>An append names the offset that it begins from. A sink that lost its partitions without noticing therefore writes nothing
/// (<see cref="PositionConflictException"/>), joins the group again and goes on from what the store holds. The offsets that Kafka keeps for the
/// group follow behind for Kafka's own tools; nothing is read from them.</remarks>
public sealed partial class KafkaSink : BackgroundService, IHealthPart
{
    /// <summary>Payload in one transaction at most, bytes.</summary>
    private const long MaxBatchBytes = 16 * 1024 * 1024;

    /// <summary>A batch of as many was not all that came: the next one gathers for <see cref="GatherTime"/>.</summary>
    private const int BusyRecords = 100;

    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(10);

    private readonly KafkaOptions _options;
    private readonly LimitOptions _limits;
    private readonly KafkaTopics _topics;
    private readonly IEventStore _store;
    private readonly StoreCommits _commits;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly ILogger<KafkaSink> _logger;
    private readonly KafkaTopicNames _names;
    private readonly KafkaRecordReader _reader;
    private readonly KafkaReach _reach;
    private readonly KafkaFiles _files;
    private readonly SinkBatch _batch;
    private readonly SinkPositions _positions = new();
    private volatile string? _problem = "starting";

    /// <summary>What Kafka said last instead of giving a record.</summary>
    private volatile string? _refused;
    private bool _refusalPasses;
    private long _begun;
    private bool _busy;
    private long _stored;
    private long _repeated;
    private long _deadLetters;
    private long _conflicts;
    private long _skipped;
    private long _lag;

    /// <param name="options">The cluster and the group.</param>
    /// <param name="limits">Records in one transaction, bytes read ahead.</param>
    /// <param name="topics">Waited for before reading begins.</param>
    /// <param name="events">Reads events.</param>
    /// <param name="store">Tells the stored positions.</param>
    /// <param name="commits">Where records and positions go.</param>
    /// <param name="metrics">Shows lag and conflicts.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="seed">Of the jitter between tries.</param>
    /// <param name="logger">Told when the store or Kafka fails, and when each is back.</param>
    public KafkaSink(
        KafkaOptions options, LimitOptions limits, KafkaTopics topics, EventReader events, IEventStore store, StoreCommits commits,
        CloudMetrics metrics, TimeProvider time, int seed, ILogger<KafkaSink> logger)
    {
        _options = options;
        _limits = limits;
        _topics = topics;
        _store = store;
        _commits = commits;
        _time = time;
        _jitter = new Random(seed);
        _logger = logger;
        _names = topics.Names;
        _reader = new KafkaRecordReader(_names, events, time);
        _reach = new KafkaReach(options.BootstrapServers, "sink", logger);
        _files = new KafkaFiles(options);
        _batch = new SinkBatch(limits.MaxBatch, MaxBatchBytes);
        metrics.ObserveSink(() => Lag, () => Conflicts, () => Skipped);
    }

    public string Name => "sink";

    public bool IsRunning => ExecuteTask is { IsCompleted: false };

    /// <summary>Why nothing goes to the store at present; null where all is well.</summary>
    public string? Problem => _topics.Problem ?? _problem ?? _refused ?? _reach.Problem;

    /// <summary>Events stored since the start.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Events passed over since the start, because their id was there.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Records kept as dead letters since the start.</summary>
    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>Times that another sink had written before.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    /// <summary>Records that Kafka had removed before they were read.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Records in this sink's partitions that are not stored yet.</summary>
    public long Lag => Interlocked.Read(ref _lag);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _topics.Ready.WaitAsync(stoppingToken).ConfigureAwait(false);

            // A thread of its own: the client blocks, and calls back while it does.
            await Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is not stored is read again by whoever comes next.
        }

        _problem = "stopped";
    }

    private void Run(CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(10), _jitter);
        while (!stopping.IsCancellationRequested)
        {
            long before = Stored + Repeated + DeadLetters;
            try
            {
                RunConsumer(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (PositionConflictException conflict)
            {
                Interlocked.Increment(ref _conflicts);
                _problem = $"{conflict.Message} Joining the group {_options.GroupId} again; sinks of one store must be of one group";
                Fenced(conflict.Message, _options.GroupId);
            }
#pragma warning disable CA1031 // Whatever ended a consumer, the next one is made; the reason is told and shown as not ready.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _problem = $"the sink cannot read Kafka at {_options.BootstrapServers}: {error.Message}";
                Ended(error.Message);
            }

            if (Stored + Repeated + DeadLetters > before)
            {
                backoff.Reset();
            }

            Wait(backoff.Next(), stopping);
        }
    }

    /// <summary>Asks the store until it answers; meanwhile nothing is read, and Kafka keeps what comes.</summary>
    private T Retry<T>(Func<Task<T>> ask, string what, CancellationToken stopping)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(5), _jitter);
        bool told = false;
        while (true)
        {
            try
            {
                T answer = ask().GetAwaiter().GetResult();
                _problem = null;
                if (told)
                {
                    Recovered();
                }

                return answer;
            }
#pragma warning disable CA1031 // Whatever the store says, the batch stays and is tried again; giving it up would not store it.
            catch (Exception error) when (error is not PositionConflictException && !stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _problem = $"the store does not {what}: {error.Message}";
                if (!told)
                {
                    told = true;
                    Failing(error, what);
                }
            }

            Wait(backoff.Next(), stopping);
            stopping.ThrowIfCancellationRequested();
        }
    }

    private void Wait(TimeSpan time, CancellationToken stopping) =>
        Task.Delay(time, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
}
