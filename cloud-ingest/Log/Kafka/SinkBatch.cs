using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Records that go to the store in one transaction, with the positions that follow them.</summary>
internal sealed class SinkBatch(int maxRecords, long maxBytes)
{
    private readonly List<(TopicPartition Partition, LogRecord Record)> _records = [];
    private readonly Dictionary<TopicPartition, long> _next = [];
    private TopicPartition? _last;
    private long _bytes;

    public bool IsEmpty => _next.Count == 0;

    public bool IsFull => _records.Count >= maxRecords || _bytes >= maxBytes;

    public int Count => _records.Count;

    public IReadOnlyList<LogRecord> Records => _records.ConvertAll(item => item.Record);

    /// <summary>Offset after the last record of each partition.</summary>
    public IReadOnlyDictionary<TopicPartition, long> Next => _next;

    public void Add(string topic, Partition partition, Offset offset, LogRecord record)
    {
        // Records come in runs of one partition.
        if (_last is null || _last.Partition != partition || _last.Topic != topic)
        {
            _last = new TopicPartition(topic, partition);
        }

        _records.Add((_last, record));
        _next[_last] = offset.Value + 1;
        _bytes += record.Size;
    }

    /// <summary>Forgets what came from <paramref name="partition"/>: somebody else reads it from the stored position.</summary>
    public void Drop(TopicPartition partition)
    {
        if (_next.Remove(partition))
        {
            _bytes -= _records.Where(item => item.Partition == partition).Sum(item => (long)item.Record.Size);
            _records.RemoveAll(item => item.Partition == partition);
        }
    }

    public void Clear()
    {
        _records.Clear();
        _next.Clear();
        _bytes = 0;
    }
}
