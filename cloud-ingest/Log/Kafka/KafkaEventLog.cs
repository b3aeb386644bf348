using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka.Producing;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>The log in Kafka: a record is durable once all in-sync replicas have its batch, sent by an idempotent producer.</summary>
/// <remarks>While Kafka is away records wait in the producer, up to the limits, and nothing is acknowledged. Certificates that are renewed are used without a restart.</remarks>
public sealed partial class KafkaEventLog : BackgroundService, IEventLog, IProducerEvents
{
    /// <summary>What is kept of a dead letter that is itself too large, bytes.</summary>
    private const int CutBytes = 128 * 1024;

    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly KafkaOptions _options;
    private readonly LimitOptions _limits;
    private readonly KafkaTopics _topics;
    private readonly TimeProvider _time;
    private readonly ILogger<KafkaEventLog> _logger;
    private readonly RecordProducer _producer;
    private readonly KafkaReach _reach;
    private readonly KafkaFiles _files;
    private readonly ByteBudget _bytes;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<string, long> _failures = new();
    private long _delivered;
    private volatile bool _stopped;
    private volatile string? _failure;
    private volatile string? _delay;

    /// <param name="options">The cluster.</param>
    /// <param name="limits">Records and bytes that may be under way.</param>
    /// <param name="topics">Waited for before the first record is sent.</param>
    /// <param name="metrics">Shows what waits and what is refused.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="seed">Of the jitter between tries.</param>
    /// <param name="logger">Told once when Kafka goes and once when it is back.</param>
    public KafkaEventLog(KafkaOptions options, LimitOptions limits, KafkaTopics topics, CloudMetrics metrics, TimeProvider time, int seed, ILogger<KafkaEventLog> logger)
    {
        _options = options;
        _limits = limits;
        _topics = topics;
        _time = time;
        _logger = logger;
        _producer = new RecordProducer(options, new KafkaRecordWriter(topics.Names), this, time, seed);
        _reach = new KafkaReach(options.BootstrapServers, "bridge", logger);
        _files = new KafkaFiles(options);
        _bytes = new ByteBudget(limits.MaxInFlightBytes);
        _places = new SemaphoreSlim(limits.MaxInFlight);
        metrics.ObserveKafkaLog(() => InFlightBytes, () => Delivered, () => Failures);
    }

    public bool IsRunning => ExecuteTask is { IsCompleted: false };

    public string? Problem => _stopped ? "stopped" : _topics.Problem ?? _failure ?? _reach.Problem ?? Stall();

    /// <summary>Records that Kafka has acknowledged since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Bytes of records that wait for Kafka's acknowledgement.</summary>
    public long InFlightBytes => _bytes.Taken;

    /// <summary>Records that wait for Kafka's acknowledgement.</summary>
    public int InFlight => _limits.MaxInFlight - _places.CurrentCount;

    /// <summary>Refused batches since the start, by Kafka's name of the error; not those of a cluster whose leaders move.</summary>
    public IReadOnlyDictionary<string, long> Failures => _failures;

    /// <summary>For tests that break it.</summary>
    internal RecordProducer Producer => _producer;

    public ValueTask<Task> AppendAsync(LogRecord record, CancellationToken cancellation)
    {
        Task budget = _bytes.TakeAsync(record.Size, cancellation);
        return budget.IsCompletedSuccessfully && _places.Wait(0, CancellationToken.None) ? EnterAsync(record, cancellation) : WaitAsync(budget, record, cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Whoever appends has been stopped before. What Kafka does not take in time is never acknowledged, so it comes again.
        _stopped = true;
        using var bound = new CancellationTokenSource(DrainTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        await _producer.DrainAsync().WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    void IProducerEvents.Delivered(RecordBatch batch)
    {
        _bytes.Return(batch.Budget);
        _places.Release(batch.Count);
        Interlocked.Add(ref _delivered, batch.Count);
        _failure = null;
        _delay = null;
    }

    void IProducerEvents.Delayed(string reason) => _delay = reason;

    void IProducerEvents.Refused(string topic, ErrorCode error, string message)
    {
        _failures.AddOrUpdate(error.ToString(), 1, (_, count) => count + 1);
        string reason = $"Kafka refuses records of {topic}: {message}";
        if (_failure is null)
        {
            Failing(reason);
        }

        _failure = reason;
    }

    LogRecord? IProducerEvents.Instead(LogRecord record, string topic, string message)
    {
        DeadLetterRecord? letter = AsDeadLetter(record, topic, message);
        if (letter is not null)
        {
            _failures.AddOrUpdate(nameof(ErrorCode.MsgSizeTooLarge), 1, (_, count) => count + 1);
            Poison(topic, message);
        }

        return letter;
    }

    void IProducerEvents.Reached() => _reach.Confirm();

    void IProducerEvents.Unreachable(string reason) => _reach.Fail(reason);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _topics.Ready.WaitAsync(stoppingToken).ConfigureAwait(false);
            _files.Use();
            await Task.WhenAll(_producer.RunAsync(stoppingToken), WatchAsync(stoppingToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest stays unacknowledged and comes again.
        }
        finally
        {
            _stopped = true;
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        bool isTold = false;
        using var timer = new PeriodicTimer(CheckPeriod, _time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            if (_files.AreRenewed())
            {
                _files.Use();
                Renewed();
                _producer.Renew();
            }

            // Where the cluster is gone, or says no for good, that has been told.
            string? stall = _reach.Problem is null && _failure is null ? Stall() : null;
            if (stall is not null && !isTold)
            {
                Stalled(stall);
            }

            isTold = stall is not null;
        }
    }

    private async ValueTask<Task> WaitAsync(Task budget, LogRecord record, CancellationToken cancellation)
    {
        await budget.ConfigureAwait(false);
        try
        {
            await _places.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            _bytes.Return(record.Size);
            throw;
        }

        return await EnterAsync(record, cancellation).ConfigureAwait(false);
    }

    /// <summary>With a place and its bytes taken.</summary>
    private ValueTask<Task> EnterAsync(LogRecord record, CancellationToken cancellation)
    {
        try
        {
            return _producer.TryAppend(record, out Task? durable, out Task? known) ? new(durable) : WaitForTopicAsync(known, record, cancellation);
        }
        catch
        {
            Release(record);
            throw;
        }
    }

    private async ValueTask<Task> WaitForTopicAsync(Task known, LogRecord record, CancellationToken cancellation)
    {
        try
        {
            Task? durable;
            do
            {
                await known.WaitAsync(cancellation).ConfigureAwait(false);
            }
            while (!_producer.TryAppend(record, out durable, out known!));
            return durable;
        }
        catch
        {
            Release(record);
            throw;
        }
    }

    private void Release(LogRecord record)
    {
        _bytes.Return(record.Size);
        _places.Release();
    }

    private string? Stall() =>
        _producer.Oldest is ({ } since, { } count) && _time.GetElapsedTime(since) is { } waits && waits.TotalSeconds > _options.StallSeconds
            ? $"Kafka at {_options.BootstrapServers} has not acknowledged a record for {waits.TotalSeconds:0} s ({count} wait){(_delay is { } delay ? $": {delay}" : "")}"
            : null;

    private static DeadLetterRecord? AsDeadLetter(LogRecord record, string topic, string reason) => record switch
    {
        EventRecord item => new DeadLetterRecord(
            item.Event.Topic, DeadLetterProperties.Of(item.Event), item.Event.Data, $"Kafka does not take it into {topic}: {reason}", item.Arrival),
        NodeStatusRecord status => new DeadLetterRecord(
            $"sensing/v1/{status.Site}/{status.Node}/status", "{}", status.Status, $"Kafka does not take it into {topic}: {reason}", status.Arrival),
        DeadLetterRecord letter when letter.Payload.Length > CutBytes => letter with
        {
            Payload = letter.Payload[..CutBytes],
            Reason = $"{letter.Reason}; {topic} is too small for it too: the first {CutBytes} of {letter.Payload.Length} bytes are kept",
        },
        _ => null,
    };

    [LoggerMessage(4321, LogLevel.Error, "{Reason}. Nothing of it is acknowledged; trying again.")]
    private partial void Failing(string reason);

    [LoggerMessage(4322, LogLevel.Warning, "A record became a dead letter, since {Topic} does not take it: {Reason}")]
    private partial void Poison(string topic, string reason);

    [LoggerMessage(4324, LogLevel.Information, "Certificates or password for Kafka have changed: the producer's connection is made anew.")]
    private partial void Renewed();

    [LoggerMessage(4325, LogLevel.Warning, "{Problem}. Trying on.")]
    private partial void Stalled(string problem);
}
