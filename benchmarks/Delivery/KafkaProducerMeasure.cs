using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.CloudIngest;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Telemetry;
using Sensing.Events;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>The bridge's log in Kafka beside Confluent.Kafka's producer: the same records, headers, guarantees and compression, in turns, in one process.</summary>
public sealed class KafkaProducerMeasure : IMeasure
{
    /// <summary>Records that wait for their acknowledgement at most, of both.</summary>
    private const int MaxInFlight = 20_000;

    public string Name => "kafka-producer";

    public string Summary => "Records a second and processor time a record of the bridge's own Kafka producer against Confluent.Kafka's (librdkafka), in turns.";

    public string Inputs => "--events 200000 (a round), --rounds 5; ../shared/kafka with Java";

    public string Duration => "1 minute";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int events = options.Whole("events", 200_000);
        int rounds = options.Whole("rounds", 5);
        options.NothingElse();
        if (events < 1 || rounds < 1)
        {
            throw new MeasureException("--events and --rounds must be 1 or more.");
        }

        await using KafkaBroker kafka = await ShortLivedKafka.StartAsync(cancellation);
        var settings = new KafkaOptions
        {
            BootstrapServers = kafka.Servers,
            Topics = new KafkaTopicOptions { Prefix = KafkaBroker.NewPrefix(), Create = kafka.HasController, Partitions = 4 },
        };
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var topics = new KafkaTopics(settings, CloudCatalogue.Create(), new LimitOptions(), TimeProvider.System, 1, NullLogger<KafkaTopics>.Instance);
        using var log = new KafkaEventLog(
            settings, new LimitOptions { MaxInFlight = MaxInFlight }, topics, new CloudMetrics(services.GetRequiredService<IMeterFactory>()), TimeProvider.System, 1, NullLogger<KafkaEventLog>.Instance);
        await topics.StartAsync(cancellation);
        await log.StartAsync(cancellation);
        using IProducer<byte[], byte[]> peer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = kafka.Servers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = settings.LingerMs,
            CompressionType = CompressionType.Lz4,
            Partitioner = Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = 10 * MaxInFlight,
            DeliveryReportFields = "none",
        }).SetLogHandler((_, _) => { }).Build();

        SensorEvent[] items = DeliveryEvents.Create("producer", 8, events);
        var own = new List<Round>();
        var other = new List<Round>();
        output.WriteLine($"{"round",-10}{"own/s",10}{"librdkafka/s",14}{"ratio",8}   µs a record: {"own",6}{"librdkafka",12}");
        const int WarmUp = 2;
        for (int round = 0; round < WarmUp + rounds; round++)
        {
            var both = new Round[2];
            for (int turn = 0; turn < 2; turn++)
            {
                // Who comes first changes with the rounds.
                int which = (round + turn) % 2;
                both[which] = which == 0
                    ? await Round.OfAsync(events, () => AppendAsync(log, items, cancellation))
                    : await Round.OfAsync(events, () => ProduceAsync(peer, settings.Topics.Prefix + "das", items, cancellation));
            }

            output.WriteLine(
                $"{(round < WarmUp ? "warm-up" : round - WarmUp + 1),-10}{both[0].PerSecond,10:F0}{both[1].PerSecond,14:F0}{both[0].PerSecond / both[1].PerSecond,8:F2}{"",16}{both[0].Microseconds,6:F2}{both[1].Microseconds,12:F2}");
            if (round >= WarmUp)
            {
                own.Add(both[0]);
                other.Add(both[1]);
            }
        }

        await log.StopAsync(cancellation);
        await topics.StopAsync(cancellation);
        return new JsonObject
        {
            ["kafka"] = kafka.HasController ? "broker" : "mock",
            ["own_over_librdkafka"] = Math.Round(own.Zip(other, (one, two) => one.PerSecond / two.PerSecond).Median(), 2),
            ["own_per_s"] = Math.Round(own.Select(round => round.PerSecond).Median()),
            ["librdkafka_per_s"] = Math.Round(other.Select(round => round.PerSecond).Median()),
            ["own_us_per_record"] = Math.Round(own.Select(round => round.Microseconds).Median(), 2),
            ["librdkafka_us_per_record"] = Math.Round(other.Select(round => round.Microseconds).Median(), 2),
        };
    }

    private static async Task AppendAsync(KafkaEventLog log, SensorEvent[] items, CancellationToken cancellation)
    {
        Task last = Task.CompletedTask;
        var all = new List<Task>();
        foreach (SensorEvent item in items)
        {
            Task durable = await log.AppendAsync(new EventRecord(item, item.Time, item.Time), cancellation);

            // Records of one batch share a task.
            if (durable != last)
            {
                last = durable;
                all.Add(durable);
            }
        }

        await Task.WhenAll(all).WaitAsync(cancellation);
    }

    private static async Task ProduceAsync(IProducer<byte[], byte[]> producer, string topic, SensorEvent[] items, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(MaxInFlight);
        Error? refused = null;
        foreach (SensorEvent item in items)
        {
            await places.WaitAsync(cancellation);
            byte[] source = Encoding.UTF8.GetBytes(item.Source.Source);
            byte[] time = Encoding.UTF8.GetBytes(EventTime.Format(item.Time));
            producer.Produce(
                topic,
                new Message<byte[], byte[]>
                {
                    Key = source,
                    Value = item.Data.ToArray(),
                    Timestamp = new Timestamp(item.Time),
                    Headers = new Headers
                    {
                        { "ce_specversion", "1.0"u8.ToArray() },
                        { "ce_id", Encoding.UTF8.GetBytes(item.Id) },
                        { "ce_source", source },
                        { "ce_type", Encoding.UTF8.GetBytes(item.Type.ToString()) },
                        { "ce_time", time },
                        { "content-type", "application/json"u8.ToArray() },
                        { "ce_sensingcommitted", time },
                    },
                },
                report =>
                {
                    refused = report.Error.IsError ? report.Error : refused;
                    places.Release();
                });
        }

        for (int i = 0; i < MaxInFlight; i++)
        {
            await places.WaitAsync(cancellation);
        }

        if (refused is not null)
        {
            throw new MeasureException($"librdkafka could not deliver: {refused.Reason}");
        }
    }

    private readonly record struct Round(double PerSecond, double Microseconds)
    {
        public static async Task<Round> OfAsync(int records, Func<Task> work)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await work();
            double seconds = watch.Elapsed.TotalSeconds;
            return new Round(records / seconds, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / records);
        }
    }
}
