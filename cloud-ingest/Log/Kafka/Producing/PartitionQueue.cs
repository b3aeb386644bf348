namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What waits for one partition, in order. At most one batch is under way, so that nothing overtakes a batch that must be sent again.</summary>
/// <remarks>Guarded by the producer's lock, but for <see cref="Stamp"/>, which is whoever's has the first batch under way.</remarks>
internal sealed class PartitionQueue(string topic, int index)
{
    private readonly Queue<RecordBatch> _batches = [];
    private RecordBatch? _last;
    private ProducerIdentity? _identity;
    private int _next;
    private int _skipped;

    public string Topic { get; } = topic;

    public int Index { get; } = index;

    /// <summary>Id of the broker that leads it; negative where none does.</summary>
    public int Leader { get; set; } = -1;

    /// <summary>Whether its first batch is with a broker.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Not sent to before this timestamp: the broker said no for now.</summary>
    public long NotBefore { get; set; }

    /// <summary>Times in a row that the broker said no.</summary>
    public int Refusals { get; set; }

    public RecordBatch? First => _batches.TryPeek(out RecordBatch? first) ? first : null;

    /// <summary>Whether there is more than what is being filled.</summary>
    public bool HasFull => _batches.Count > 1 || _last is { IsClosed: true };

    public IEnumerable<RecordBatch> Batches => _batches;

    /// <summary>Adds a record to the last batch, or to a new one.</summary>
    /// <param name="record">The record as Kafka gets it.</param>
    /// <param name="source">What it was made of.</param>
    /// <param name="origin">The batch in whose place it goes; it then goes alone.</param>
    /// <param name="maxBytes">Largest batch of several records, and largest record that shares one.</param>
    /// <param name="now">The time.</param>
    /// <returns>The batch.</returns>
    public RecordBatch Append(KafkaRecord record, LogRecord source, RecordBatch? origin, int maxBytes, long now)
    {
        bool isAlone = origin is not null || source.Size > maxBytes;
        int budget = origin is null ? source.Size : (int)origin.Budget;
        if (!isAlone && _last is { IsClosed: false } last && last.TryAppend(record, budget, maxBytes))
        {
            return last;
        }

        _last?.Close();
        var batch = new RecordBatch(origin?.Since ?? now) { Alone = isAlone ? source : null, Origin = origin };
        batch.TryAppend(record, budget, maxBytes);
        if (isAlone)
        {
            batch.Close();
        }

        _batches.Enqueue(batch);
        return _last = batch;
    }

    /// <summary>Makes the first batch ready to be sent by <paramref name="identity"/>: the same number again where it was sent before by the same.</summary>
    public void Stamp(RecordBatch first, ProducerIdentity identity)
    {
        if (_identity != identity)
        {
            // A new producer begins at 0.
            _identity = identity;
            _next = 0;
        }

        _next = Sequence.Add(_next, Interlocked.Exchange(ref _skipped, 0));
        first.Stamp(identity, _next);
    }

    /// <summary>The first batch is done with.</summary>
    /// <param name="isWritten">Whether the partition has it, so that the next one counts on from there.</param>
    public RecordBatch Remove(bool isWritten)
    {
        RecordBatch first = _batches.Dequeue();
        if (_batches.Count == 0)
        {
            _last = null;
        }

        if (isWritten)
        {
            _next = Sequence.Add(_next, first.Count);
        }

        IsUnderWay = false;
        Refusals = 0;
        NotBefore = 0;
        return first;
    }

    /// <summary>For tests: the batch that is sent next claims a number that the broker does not expect.</summary>
    public void Skip(int records) => Interlocked.Exchange(ref _skipped, records);
}
