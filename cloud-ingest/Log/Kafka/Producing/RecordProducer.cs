using System.Diagnostics.CodeAnalysis;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>An idempotent producer of Kafka's own protocol (https://kafka.apache.org/protocol), <c>acks=all</c>.</summary>
/// <remarks>A record is written at once into the batch of its partition, and the batch's task is the record's: no object, no call and no report a record. Of a
/// partition one batch is under way at a time. What the outcome is not known of is sent again with the same number, and the broker knows it; where the
/// broker has forgotten the producer, it is sent again under a new name, still in order, and the store knows a repeat by its id.
/// Nothing is ever given up: how much may wait is its caller's to bound.</remarks>
internal sealed partial class RecordProducer
{
    /// <summary>Records above this go in a batch of their own, so that only they are refused for their size.</summary>
    public const int BatchBytes = 256 * 1024;

    /// <summary>A request takes no further batch beyond this; far below what a broker takes (100 MiB unless configured).</summary>
    private const int RequestBytes = 1024 * 1024;

    private readonly KafkaOptions _options;
    private readonly KafkaRecordWriter _writer;
    private readonly IProducerEvents _events;
    private readonly TimeProvider _time;
    private readonly int _seed;
    private readonly TimeSpan _linger;
    private readonly WakeUp _look = new();
    private readonly Lock _lock = new();

    /// <summary>Guarded by <see cref="_lock"/>, as all that follows.</summary>
    private readonly KafkaRecord _record = new();
    private readonly Dictionary<string, PartitionQueue[]> _topics = [];
    private readonly Dictionary<string, (TaskCompletionSource Known, long Since)> _unknown = [];
    private readonly Dictionary<int, BrokerLane> _lanes = [];
    private readonly List<Task> _sending = [];
    private ProducerIdentity? _identity;
    private TaskCompletionSource? _drained;
    private int _waiting;
    private volatile int _generation;
    private bool _isEnded;

    /// <param name="options">The cluster.</param>
    /// <param name="writer">Makes Kafka's records.</param>
    /// <param name="events">Is told what happens.</param>
    /// <param name="time">Clock of all waits.</param>
    /// <param name="seed">Of the jitter between tries.</param>
    public RecordProducer(KafkaOptions options, KafkaRecordWriter writer, IProducerEvents events, TimeProvider time, int seed)
    {
        _options = options;
        _writer = writer;
        _events = events;
        _time = time;
        _seed = seed;
        _linger = TimeSpan.FromMilliseconds(options.LingerMs);
    }

    /// <summary>Since when a record has been waiting, the longest of all, and how many wait in batches; null where none does.</summary>
    public (long Since, int Count)? Oldest
    {
        get
        {
            lock (_lock)
            {
                long[] since = [.. _topics.Values.SelectMany(queues => queues).Select(queue => queue.First).OfType<RecordBatch>().Select(batch => batch.Since), .. _unknown.Values.Select(topic => topic.Since)];
                return since.Length == 0 ? null : (since.Min(), _waiting);
            }
        }
    }

    /// <summary>Takes a record where the partitions of its topic are known.</summary>
    /// <param name="record">The record.</param>
    /// <param name="durable">Completes once the brokers have it; cancelled when the producer ends before.</param>
    /// <param name="known">Else: completes once they are known.</param>
    /// <exception cref="OperationCanceledException">The producer has ended.</exception>
    public bool TryAppend(LogRecord record, [NotNullWhen(true)] out Task? durable, [NotNullWhen(false)] out Task? known)
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                throw new OperationCanceledException("The producer has ended.");
            }

            _writer.Write(record, _record);
            if (!_topics.TryGetValue(_record.Topic, out PartitionQueue[]? queues))
            {
                durable = null;
                known = Wanted(_record.Topic);
                return false;
            }

            known = null;
            durable = Append(queues, record, null).Task;
            return true;
        }
    }

    /// <summary>Sends what waits without waiting for more.</summary>
    /// <returns>Completes when nothing waits any more.</returns>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _drained ??= New();
            CheckDrained();
            foreach (BrokerLane lane in _lanes.Values)
            {
                lane.WakeUp.Call();
            }

            return _drained.Task;
        }
    }

    /// <summary>Certificates or password have changed: every connection is made anew before its next request.</summary>
    public void Renew() => Interlocked.Increment(ref _generation);

    /// <summary>Works until it is stopped; what waits then is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await LookAsync(stopping).ConfigureAwait(false);
        }
        finally
        {
            Task[] sending;
            lock (_lock)
            {
                _isEnded = true;
                sending = [.. _sending];
            }

            await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            CancelAll();
        }
    }

    /// <summary>For tests: from now on the broker takes this producer for one that has left something out.</summary>
    internal void Break()
    {
        lock (_lock)
        {
            foreach (PartitionQueue queue in _topics.Values.SelectMany(queues => queues))
            {
                queue.Skip(1000);
            }
        }
    }

    private RecordBatch Append(PartitionQueue[] queues, LogRecord record, RecordBatch? origin)
    {
        PartitionQueue queue = queues[Murmur2.Partition(_record.Key, queues.Length)];
        bool wasEmpty = queue.First is null;
        bool wasFull = queue.HasFull;
        RecordBatch batch = queue.Append(_record, record, origin, BatchBytes, _time.GetTimestamp());
        _waiting++;
        if ((wasEmpty || (!wasFull && queue.HasFull)) && _lanes.TryGetValue(queue.Leader, out BrokerLane? lane))
        {
            lane.WakeUp.Call();
        }

        return batch;
    }

    /// <summary>Completes once the partitions of <paramref name="topic"/> are known.</summary>
    private Task Wanted(string topic)
    {
        if (!_unknown.TryGetValue(topic, out (TaskCompletionSource Known, long Since) wanted))
        {
            _unknown[topic] = wanted = (New(), _time.GetTimestamp());
            _look.Call();
        }

        return wanted.Known.Task;
    }

    private void CancelAll()
    {
        RecordBatch[] rest;
        TaskCompletionSource[] unknown;
        lock (_lock)
        {
            rest = [.. _topics.Values.SelectMany(queues => queues).SelectMany(queue => queue.Batches)];
            unknown = [.. _unknown.Values.Select(topic => topic.Known)];
            _topics.Clear();
            _unknown.Clear();
            _waiting = 0;
            CheckDrained();
        }

        Array.ForEach(unknown, known => known.TrySetCanceled(CancellationToken.None));
        Array.ForEach(rest, batch => batch.Cancel());
    }

    private void CheckDrained()
    {
        if (_waiting == 0)
        {
            _drained?.TrySetResult();
        }
    }

    private Backoff NewBackoff(int id) => new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(2), new Random(_seed + id));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
