using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Bridge;

/// <summary>The way from any MQTT connection into the log.</summary>
public sealed class MessageIntake(IEventLog log, TimeProvider time)
{
    private long _accepted;
    private long _deadLetters;

    /// <summary>Messages taken since the start, dead letters among them.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>Takes a message; see <see cref="IEventLog.AppendAsync"/> for the two tasks.</summary>
    public ValueTask<Task> TakeAsync(IncomingMessage message, CancellationToken cancellation)
    {
        LogRecord record = MessageReader.Read(message, time.GetUtcNow());
        Interlocked.Increment(ref _accepted);
        if (record is DeadLetterRecord)
        {
            Interlocked.Increment(ref _deadLetters);
        }

        return log.AppendAsync(record, cancellation);
    }
}
