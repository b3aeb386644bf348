namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>A record until it is durable, which completes the task.</summary>
internal sealed class PendingRecord : TaskCompletionSource
{
    /// <param name="record">What came.</param>
    /// <param name="since">When, by <see cref="TimeProvider.GetTimestamp"/>.</param>
    public PendingRecord(LogRecord record, long since)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Record = record;
        Size = record.Size;
        Since = since;
        Place = new LinkedListNode<PendingRecord>(this);
    }

    /// <summary>What is sent; a dead letter where Kafka refuses what came.</summary>
    public LogRecord Record { get; set; }

    /// <summary>Its share of the byte budget.</summary>
    public int Size { get; }

    public long Since { get; }

    /// <summary>Its place among those that wait, in the order of their calls.</summary>
    public LinkedListNode<PendingRecord> Place { get; }
}
