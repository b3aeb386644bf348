using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Bridge;

/// <summary>The way from any MQTT connection into the log.</summary>
public sealed class MessageIntake(IEventLog log, MessageReader reader, TimeProvider time, CloudMetrics metrics)
{
    private long _movedAt = time.GetTimestamp();
    private long _accepted;
    private long _deadLetters;

    /// <summary>Messages taken since the start, dead letters among them.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>How long messages have been waiting without one of them becoming durable; zero where none waits.</summary>
    public TimeSpan Still => metrics.InFlight == 0 ? TimeSpan.Zero : time.GetElapsedTime(Interlocked.Read(ref _movedAt));

    /// <summary>Takes a message; see <see cref="IEventLog.AppendAsync"/> for the two tasks.</summary>
    public async ValueTask<Task> TakeAsync(IncomingMessage message, CancellationToken cancellation) =>
        SettleAsync(await EnterAsync(reader.Read(message, time.GetUtcNow()), cancellation).ConfigureAwait(false));

    /// <summary>As <see cref="TakeAsync"/> of a message that has been read, for callers that watch many: they say themselves that some have become
    /// durable (<see cref="Settled"/>) or one is no longer waited for (<see cref="GiveUp"/>).</summary>
    public ValueTask<Task> EnterAsync(LogRecord record, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _accepted);
        metrics.Received(record);
        if (record is DeadLetterRecord)
        {
            Interlocked.Increment(ref _deadLetters);
        }

        if (metrics.MoveInFlight(1) == 1)
        {
            // The first after a quiet time: the waiting begins now.
            Moved();
        }

        ValueTask<Task> entering;
        try
        {
            entering = log.AppendAsync(record, cancellation);
        }
        catch
        {
            Settled();
            throw;
        }

        return entering.IsCompletedSuccessfully ? entering : EnteredAsync(entering);
    }

    private async ValueTask<Task> EnteredAsync(ValueTask<Task> entering)
    {
        try
        {
            return await entering.ConfigureAwait(false);
        }
        catch
        {
            Settled();
            throw;
        }
    }

    /// <summary>Messages that have entered have become durable.</summary>
    public void Settled(int count = 1)
    {
        Moved();
        metrics.MoveInFlight(-count);
    }

    /// <summary>Nobody waits for a message of <see cref="EnterAsync"/> any more, since its connection is gone; it is counted until it is durable or lost.</summary>
    public void GiveUp(Task? durable)
    {
        if (durable is not null)
        {
            _ = SettleAsync(durable).ContinueWith(settled => settled.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Messages were acknowledged to their sender.</summary>
    public void Acknowledged(int count = 1) => metrics.Acknowledged(count);

    /// <summary>A message was refused, because its sender may not publish on its topic.</summary>
    public void Refused() => metrics.Refused();

    /// <summary>Whoever waits for the message sees it counted.</summary>
    private async Task SettleAsync(Task durable)
    {
        try
        {
            await durable.ConfigureAwait(false);
        }
        finally
        {
            Settled();
        }
    }

    private void Moved() => Interlocked.Exchange(ref _movedAt, time.GetTimestamp());
}
