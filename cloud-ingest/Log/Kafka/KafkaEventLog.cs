using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>The log in Kafka: a record is durable with the delivery report of an idempotent producer that asks for all
/// in-sync replicas.</summary>
/// <remarks>Every record stays in <see cref="_pending"/>, in the order of the calls, until its report. While Kafka is
/// away it waits
/// there and nothing is acknowledged. When certificates or passwords are renewed, the producer delivers what it has and
/// its
/// successor takes the rest. A producer that has failed is replaced and its successor sends everything that is
/// unacknowledged, in order: some records may then be in Kafka twice, and the store recognises the second by its
/// id.</remarks>
public sealed partial class KafkaEventLog : BackgroundService, IEventLog
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly KafkaOptions _options;
    private readonly LimitOptions _limits;
    private readonly KafkaTopics _topics;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly ILogger<KafkaEventLog> _logger;
    private readonly KafkaRecordWriter _writer;
    private readonly KafkaReach _reach;
    private readonly KafkaFiles _files;
    private readonly ByteBudget _bytes;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<string, long> _failures = new();

    /// <summary>Held while records are handed to the producer, so that they get there in the order of
    /// <see cref="_pending"/>;
    /// taken before <see cref="_lock"/>.</summary>
    private readonly Lock _order = new();

    /// <summary>Guards what follows, for moments: delivery reports wait for it.</summary>
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingRecord> _pending = [];
    private TaskCompletionSource? _drained;
    private volatile BridgeProducer? _producer;
    private volatile bool _isStopped;
    private long _delivered;
    private volatile string? _failure;
    private volatile TaskCompletionSource _broken = New();

    /// <param name="options">The cluster.</param>
    /// <param name="limits">Records and bytes that may be under way; the native client holds a copy of each, so that
    /// memory is about twice that.</param>
    /// <param name="topics">Waited for before the first record is sent.</param>
    /// <param name="metrics">Shows what waits and what is refused.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="seed">Of the jitter between retries.</param>
    /// <param name="logger">Gets one message when Kafka goes away and one when it is back.</param>
    public KafkaEventLog(
        KafkaOptions options, LimitOptions limits, KafkaTopics topics, CloudMetrics metrics, TimeProvider time, int seed,
        ILogger<KafkaEventLog> logger)
    {
        _options = options;
        _limits = limits;
        _topics = topics;
        _time = time;
        _jitter = new Random(seed);
        _logger = logger;
        _writer = new KafkaRecordWriter(topics.Names);
        _reach = new KafkaReach(options.BootstrapServers, "bridge", logger);
        _files = new KafkaFiles(options);
        _bytes = new ByteBudget(limits.MaxInFlightBytes);
        _places = new SemaphoreSlim(limits.MaxInFlight);
        _producerReports = new Reports(this);
        metrics.ObserveKafkaLog(() => InFlightBytes, () => Delivered, () => Failures);
    }

    public bool IsRunning => ExecuteTask is { IsCompleted: false };

    public string? Problem => _isStopped ? "stopped" : _topics.Problem ?? _failure ?? _reach.Problem ?? Stall();

    /// <summary>Records that Kafka has acknowledged since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Bytes of records that wait for Kafka's acknowledgement.</summary>
    public long InFlightBytes => _bytes.Taken;

    /// <summary>Records that wait for Kafka's acknowledgement.</summary>
    public int InFlight => _limits.MaxInFlight - _places.CurrentCount;

    /// <summary>Refused deliveries since the start, by Kafka's name of the error.</summary>
    public IReadOnlyDictionary<string, long> Failures => _failures;

    /// <summary>The producer at work; for tests that break it.</summary>
    internal BridgeProducer? Producer => _producer;

    public ValueTask<Task> AppendAsync(LogRecord record, CancellationToken cancellation)
    {
        Task budget = _bytes.TakeAsync(record.Size, cancellation);
        return budget.IsCompletedSuccessfully && _places.Wait(0, CancellationToken.None)
            ? new(Enter(record))
            : WaitAsync(budget, record, cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_lock)
        {
            _isStopped = true;
            _drained = New();
            drained = _drained.Task;
            Drained();
        }

        // Whoever appends has been stopped before. What Kafka does not take in time is never acknowledged, so it comes
        // again.
        using var bound = new CancellationTokenSource(DrainTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        await drained.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        // Where the host did not wait for the end. The semaphore is left to the collector: a last report may still
        // release it.
        Detach()?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(10), _jitter);
        try
        {
            await _topics.Ready.WaitAsync(stoppingToken).ConfigureAwait(false);
            while (!stoppingToken.IsCancellationRequested)
            {
                long before = Delivered;
                bool isRenewal = await RunProducerAsync(stoppingToken).ConfigureAwait(false);
                if (isRenewal || Delivered > before)
                {
                    backoff.Reset();
                }

                if (!isRenewal)
                {
                    await Task.Delay(backoff.Next(), _time, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest stays unacknowledged and comes again.
        }
        finally
        {
            CancelAll();
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

        return Enter(record);
    }

    /// <summary>With a place and its bytes taken.</summary>
    private Task Enter(LogRecord record)
    {
        var entry = new PendingRecord(record, _time.GetTimestamp());
        lock (_order)
        {
            BridgeProducer? producer;
            lock (_lock)
            {
                if (_isStopped)
                {
                    Release(entry);
                    throw new OperationCanceledException("The log has stopped.");
                }

                _pending.AddLast(entry.Place);

                // One that has refused a record gets no more, so that nothing overtakes that record.
                producer = _broken.Task.IsCompleted ? null : _producer;
            }

            if (producer is not null)
            {
                Produce(producer, entry);
            }
        }

        return entry.Task;
    }

    private string? Stall()
    {
        lock (_lock)
        {
            return _pending.First is { } first && _time.GetElapsedTime(first.Value.Since) is { } waits
                && waits.TotalSeconds > _options.StallSeconds
                ? $"Kafka at {_options.BootstrapServers} has not acknowledged a record for {waits.TotalSeconds:0} s "
                    + $"({_pending.Count} waiting){(_reach.LastError is { } error ? $": {error}" : "")}"
                : null;
        }
    }

    private void CancelAll()
    {
        PendingRecord[] rest;
        lock (_lock)
        {
            _isStopped = true;
            rest = [.. _pending];
            _pending.Clear();
            Array.ForEach(rest, Release);
        }

        Array.ForEach(rest, entry => entry.TrySetCanceled(CancellationToken.None));
    }

    private void Release(PendingRecord entry)
    {
        _bytes.Return(entry.Size);
        _places.Release();
    }

    private void Drained()
    {
        if (_pending.Count == 0)
        {
            _drained?.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
