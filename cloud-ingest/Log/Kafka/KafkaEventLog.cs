using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka.Native;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>The log in Kafka: a record is durable with the delivery report of an idempotent producer that asks for all in-sync replicas.</summary>
/// <remarks>Every record stays in <see cref="_pending"/>, in the order of the calls, until its report. While Kafka is away it waits there
/// and nothing is acknowledged. A producer that has failed for good, or whose certificates
/// have been renewed, is replaced and given all of it again, in order: records may then be in Kafka twice, and the
/// store knows the second by its id.</remarks>
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

    /// <summary>Written and sent under <see cref="_order"/>.</summary>
    private readonly KafkaRecord _record = new();

    /// <summary>Of one report; only the thread that reports uses it.</summary>
    private readonly List<Entry> _durable = [];
    private readonly KafkaReach _reach;
    private readonly KafkaFiles _files;
    private readonly ByteBudget _bytes;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<string, long> _failures = new();

    /// <summary>Held while records are given to the producer, so that they go there in the order of <see cref="_pending"/>; taken before <see cref="_lock"/>.</summary>
    private readonly Lock _order = new();

    /// <summary>Guards what follows, for moments: the native library's reports wait for it.</summary>
    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _pending = [];
    private readonly EntrySlots<Entry> _slots = new();
    private TaskCompletionSource? _drained;
    private NativeProducer? _producer;
    private int _generation;
    private bool _stopped;
    private long _delivered;
    private volatile string? _failure;
    private volatile TaskCompletionSource _broken = New();

    /// <param name="options">The cluster.</param>
    /// <param name="limits">Records and bytes that may be under way; the native library holds a copy of each, so that memory is about twice that.</param>
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
        _jitter = new Random(seed);
        _logger = logger;
        _writer = new KafkaRecordWriter(new KafkaTopicNames(options.Topics));
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

    /// <summary>Refused deliveries since the start, by Kafka's name of the error.</summary>
    public IReadOnlyDictionary<string, long> Failures => _failures;

    /// <summary>The producer at work; for tests that break it.</summary>
    internal NativeProducer? Producer => _producer;

    public ValueTask<Task> AppendAsync(LogRecord record, CancellationToken cancellation)
    {
        Task budget = _bytes.TakeAsync(record.Size, cancellation);
        return budget.IsCompletedSuccessfully && _places.Wait(0, CancellationToken.None) ? new(Enter(record)) : WaitAsync(budget, record, cancellation);
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

    private Task Enter(LogRecord record)
    {
        var entry = new Entry(record, _time.GetTimestamp());
        lock (_order)
        {
            NativeProducer? producer;
            lock (_lock)
            {
                if (_stopped)
                {
                    Release(entry);
                    throw new OperationCanceledException("The log has stopped.");
                }

                entry.Slot = _slots.Take(entry);
                _pending.AddLast(entry.Place);
                producer = _producer;
            }

            if (producer is not null)
            {
                Produce(producer, entry);
            }
        }

        return entry.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_lock)
        {
            _stopped = true;
            _drained = New();
            drained = _drained.Task;
            Drained();
        }

        // Whoever appends has been stopped before. What Kafka does not take in time is never acknowledged, so it comes again.
        using var bound = new CancellationTokenSource(DrainTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        await drained.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        // Where the host did not wait for the end. The semaphore is left to the collector: a last report may still release it.
        Retire();
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
                await RunProducerAsync(stoppingToken).ConfigureAwait(false);
                if (Delivered > before)
                {
                    backoff.Reset();
                }

                await Task.Delay(backoff.Next(), _time, stoppingToken).ConfigureAwait(false);
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

    private string? Stall()
    {
        lock (_lock)
        {
            return _pending.First is { } first && _time.GetElapsedTime(first.Value.Since) is { } waits && waits.TotalSeconds > _options.StallSeconds
                ? $"Kafka at {_options.BootstrapServers} has not acknowledged a record for {waits.TotalSeconds:0} s ({_pending.Count} wait)"
                : null;
        }
    }

    private void CancelAll()
    {
        Entry[] rest;
        lock (_lock)
        {
            _stopped = true;
            rest = [.. _pending];
            _pending.Clear();
            Array.ForEach(rest, entry => _slots.Release(entry.Slot));
            Array.ForEach(rest, Release);
        }

        Array.ForEach(rest, entry => entry.TrySetCanceled(CancellationToken.None));
    }

    private void Release(Entry entry)
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

    /// <summary>A record until it is durable, which completes the task.</summary>
    private sealed class Entry : TaskCompletionSource
    {
        public Entry(LogRecord record, long since)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            Record = record;
            Size = record.Size;
            Since = since;
            Place = new LinkedListNode<Entry>(this);
        }

        /// <summary>What is sent; a dead letter where Kafka does not take what came.</summary>
        public LogRecord Record { get; set; }

        /// <summary>What it holds of the budget.</summary>
        public int Size { get; }

        public long Since { get; }

        public LinkedListNode<Entry> Place { get; }

        /// <summary>What the producer's reports call it.</summary>
        public nint Slot { get; set; }
    }
}
