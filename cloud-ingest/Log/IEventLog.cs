using Sensing.CloudIngest.Health;

namespace Sensing.CloudIngest.Log;

/// <summary>Where the bridge puts what came in; the bridge acknowledges to the publisher once the log has it for good.</summary>
/// <remarks>Embedded: <see cref="StoreEventLog"/> writes straight to the store. A partitioned log (Kafka) is another
/// implementation: it completes the inner task on the delivery report.</remarks>
public interface IEventLog : IHealthPart
{
    /// <summary>Takes a record. Records of one stream keep the order of the calls.</summary>
    /// <returns>Outer: completes once there is room, so that a slow log slows its callers and memory stays bounded. Inner:
    /// completes once the record is durable, however long that takes; faults or cancels where this will never be known, and then nothing may be acknowledged.</returns>
    ValueTask<Task> AppendAsync(LogRecord record, CancellationToken cancellation);

    string IHealthPart.Name => "log";
}
