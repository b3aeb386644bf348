using System.Threading.Channels;
using Confluent.Kafka;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Log.Kafka.Producing;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>A producer at work, and what it has told.</summary>
internal sealed class RunningProducer : IProducerEvents, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<string> _unreachable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _delays = Channel.CreateUnbounded<string>();
    private Task _running = Task.CompletedTask;
    private long _delivered;

    private RunningProducer(KafkaOptions options, TimeProvider time) =>
        Producer = new RecordProducer(options, new KafkaRecordWriter(new KafkaTopicNames(options.Topics, Sample.Catalogue)), this, time, seed: 1);

    public RecordProducer Producer { get; }

    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Why no broker answers, the first time that none does.</summary>
    public Task<string> Unreachable => _unreachable.Task;

    /// <summary>The first refusal that does not pass by itself.</summary>
    public Task<string> Refused => _refused.Task;

    /// <summary>What keeps records waiting and passes.</summary>
    public ChannelReader<string> Delays => _delays.Reader;

    public static RunningProducer Start(KafkaOptions options, TimeProvider? time = null)
    {
        var producer = new RunningProducer(options, time ?? TimeProvider.System);
        producer._running = producer.Producer.RunAsync(producer._stopping.Token);
        return producer;
    }

    /// <summary>Gives records to it, one after the other.</summary>
    /// <returns>For each the task that completes once it is durable.</returns>
    public async Task<Task[]> AppendAsync(IEnumerable<LogRecord> records, CancellationToken cancellation)
    {
        var all = new List<Task>();
        foreach (LogRecord record in records)
        {
            Task? durable;
            while (!Producer.TryAppend(record, out durable, out Task? known))
            {
                await known.WaitAsync(cancellation);
            }

            all.Add(durable);
        }

        return [.. all];
    }

    void IProducerEvents.Delivered(RecordBatch batch) => Interlocked.Add(ref _delivered, batch.Count);

    void IProducerEvents.Delayed(string reason) => _delays.Writer.TryWrite(reason);

    void IProducerEvents.Refused(string topic, ErrorCode error, string message) => _refused.TrySetResult($"{error}: {message}");

    LogRecord? IProducerEvents.Instead(LogRecord record, string topic, string message) => record is EventRecord item
        ? new DeadLetterRecord(item.Event.Topic, "{}", new byte[] { 1 }, $"not taken: {message}", item.Arrival)
        : null;

    void IProducerEvents.Reached()
    {
    }

    void IProducerEvents.Unreachable(string reason) => _unreachable.TrySetResult(reason);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}
