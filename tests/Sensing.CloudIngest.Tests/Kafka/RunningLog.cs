using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Telemetry;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>The log in Kafka at work, without a bridge before it.</summary>
internal sealed class RunningLog : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly KafkaOptions _options;

    private RunningLog(KafkaOptions options, LimitOptions limits)
    {
        _options = options;
        Topics = new KafkaTopics(options, Sample.Catalogue, limits, TimeProvider.System, 1, NullLogger<KafkaTopics>.Instance) { Timeout = TimeSpan.FromSeconds(3) };
        var metrics = new CloudMetrics(_services.GetRequiredService<IMeterFactory>());
        Log = new KafkaEventLog(options, limits, Topics, metrics, TimeProvider.System, 1, NullLogger<KafkaEventLog>.Instance);
    }

    public KafkaTopics Topics { get; }

    public KafkaEventLog Log { get; }

    public static async Task<RunningLog> StartAsync(KafkaOptions options, CancellationToken cancellation, LimitOptions? limits = null)
    {
        var log = new RunningLog(options, limits ?? new LimitOptions());
        await log.Topics.StartAsync(cancellation);
        await log.Log.StartAsync(cancellation);
        return log;
    }

    /// <summary>Appends records, one after the other.</summary>
    /// <returns>For each the task that completes once it is durable.</returns>
    public async Task<Task[]> AppendAsync(IEnumerable<LogRecord> records, CancellationToken cancellation)
    {
        var all = new List<Task>();
        foreach (LogRecord record in records)
        {
            all.Add(await Log.AppendAsync(record, cancellation));
        }

        return [.. all];
    }

    /// <summary>Appends records and waits until all are durable.</summary>
    public async Task DeliverAsync(IEnumerable<LogRecord> records, CancellationToken cancellation) =>
        await Task.WhenAll(await AppendAsync(records, cancellation)).WaitAsync(cancellation);

    /// <summary>Waits until the log reports a problem that contains <paramref name="text"/>.</summary>
    public async Task<string> ProblemAsync(string text, CancellationToken cancellation)
    {
        while (true)
        {
            if (Log.Problem is { } problem && problem.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return problem;
            }

            // Problems are only reported when asked for.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Everything in some of its topics, at least <paramref name="count"/> records; in order within a
    /// partition.</summary>
    public List<ConsumeResult<byte[], byte[]>> Read(IEnumerable<string> topics, int count, CancellationToken cancellation)
    {
        var settings = new ConsumerConfig
        {
            BootstrapServers = _options.BootstrapServers,
            GroupId = KafkaBroker.NewPrefix(),
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnablePartitionEof = true,
        };
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(settings).SetLogHandler((_, _) => { }).Build();
        using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        TopicPartition[] open = [.. topics.SelectMany(topic => admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics[0].Partitions
            .Select(partition => new TopicPartition(topic, partition.PartitionId)))];
        consumer.Assign(open.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        HashSet<TopicPartition> left = [.. open];
        var read = new List<ConsumeResult<byte[], byte[]>>();
        while (left.Count > 0 || read.Count < count)
        {
            ConsumeResult<byte[], byte[]> record = consumer.Consume(cancellation);
            if (record.IsPartitionEOF)
            {
                left.Remove(record.TopicPartition);
            }
            else
            {
                read.Add(record);
            }
        }

        return read;
    }

    /// <summary>The vehicles in Kafka, at least <paramref name="count"/>.</summary>
    public SensorEvent[] Vehicles(int count, CancellationToken cancellation)
    {
        var names = new KafkaTopicNames(_options.Topics, Sample.Catalogue);
        var reader = new KafkaRecordReader(names, Sample.Events, TimeProvider.System);
        return [.. Read([names["das"]], count, cancellation).Select(record => ((EventRecord)reader.Read(record)).Event)];
    }

    public async ValueTask DisposeAsync()
    {
        await Log.StopAsync(CancellationToken.None);
        await Topics.StopAsync(CancellationToken.None);
        Log.Dispose();
        Topics.Dispose();
        await _services.DisposeAsync();
    }
}
