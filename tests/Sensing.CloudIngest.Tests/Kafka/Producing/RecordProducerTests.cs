using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Log.Kafka.Producing;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>What is written is read back with Confluent.Kafka's own consumer.</summary>
[Collection(KafkaTests.Name)]
public class RecordProducerTests(KafkaFixture kafka)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KafkaCompression.None)]
    [InlineData(KafkaCompression.Lz4)]
    [InlineData(KafkaCompression.Zstd)]
    [InlineData(KafkaCompression.Snappy)]
    [InlineData(KafkaCompression.Gzip)]
    public async Task Records_of_every_kind_come_out_of_Kafka_as_they_went_in(KafkaCompression compression)
    {
        KafkaOptions options = await TopicsAsync() with { Compression = compression };
        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon.AddTicks(7));
        byte[] noise = new byte[200_000];
        new Random(1).NextBytes(noise);
        LogRecord[] records =
        [
            new EventRecord(vehicle, Sample.Noon.AddSeconds(1), Sample.Noon.AddSeconds(2)),
            new EventRecord(vehicle, null, Sample.Noon.AddSeconds(3)),
            new NodeStatusRecord("tunnel", "cabinet-1", Sample.StatusJson(), Sample.Noon),
            new NodeStatusRecord("tunnel", "cabinet-1", ReadOnlyMemory<byte>.Empty, Sample.Noon),
            new DeadLetterRecord("ä/b", $"{{\"x\":\"{new string('é', 20_000)}\"}}", new byte[] { 0, 255 }, "no event: ü", Sample.Noon),

            // What cannot be compressed, and time that goes back.
            new DeadLetterRecord("noise", "{}", noise, "noise", Sample.Noon.AddHours(-1)),
        ];
        await using (RunningProducer producer = RunningProducer.Start(options))
        {
            await Task.WhenAll(await producer.AppendAsync(records, Cancel)).WaitAsync(Cancel);
        }

        var reader = new KafkaRecordReader(names, Sample.Reader.Events, TimeProvider.System);
        List<ConsumeResult<byte[], byte[]>> read = Read([names.Of(vehicle.Type), names.Node, names.DeadLetter], records.Length);
        Assert.Equal(records.Select(Text).Order(), read.Select(record => Text(reader.Read(record))).Order());
        Assert.Equal(
            Encoding.UTF8.GetBytes(vehicle.Source.Source),
            read.First(record => record.Topic == names.Of(vehicle.Type)).Message.Key);

        // An empty value is a value: Kafka would take no value for a removal.
        Assert.All(read, record => Assert.NotNull(record.Message.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_of_many_records_is_there_once_and_one_key_keeps_its_order(int requests)
    {
        const int Count = 20_000;
        KafkaOptions options = await TopicsAsync() with { MaxRequests = requests };
        await using (RunningProducer producer = RunningProducer.Start(options))
        {
            LogRecord[] records = [.. Enumerable.Range(0, Count).Select(i => new EventRecord(
                Sample.Vehicle(Sample.Noon.AddSeconds(i), stream: new StreamAddress("tunnel", "cabinet-1", $"fibre-{i % 7}")), null, Sample.Noon))];
            await Task.WhenAll(await producer.AppendAsync(records, Cancel)).WaitAsync(Cancel);
            Assert.Equal(Count, producer.Delivered);
        }

        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        List<ConsumeResult<byte[], byte[]>> read = Read([names[DasEvents.Family.Name]], Count);
        var reader = new KafkaRecordReader(names, Sample.Reader.Events, TimeProvider.System);
        foreach (IGrouping<string, SensorEvent> stream in read.Select(record => ((EventRecord)reader.Read(record)).Event).GroupBy(item => item.Source.Source))
        {
            Assert.Equal(stream.OrderBy(item => item.Time).Select(item => item.Id), stream.Select(item => item.Id));
        }
    }

    [Fact]
    public async Task A_key_goes_to_the_partition_that_the_native_client_chooses_for_it()
    {
        KafkaOptions options = await TopicsAsync();
        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        string topic = names[DasEvents.Family.Name];
        var chosen = new Dictionary<string, int>();
        using (IProducer<string, byte[]> native = new ProducerBuilder<string, byte[]>(
            new ProducerConfig { BootstrapServers = options.BootstrapServers, Partitioner = Partitioner.Murmur2Random }).Build())
        {
            for (int i = 0; i < 40; i++)
            {
                string key = new string('x', i) + (i % 2 == 0 ? "" : "é");
                chosen[key] = (await native.ProduceAsync(topic, new Message<string, byte[]> { Key = key, Value = [] }, Cancel)).Partition.Value;
            }
        }

        int partitions = kafka.Broker.HasController ? 4 : chosen.Values.Max() + 1;
        Assert.Equal(chosen, chosen.Keys.ToDictionary(key => key, key => Murmur2.Partition(Encoding.UTF8.GetBytes(key), partitions)));
    }

    [Fact]
    public async Task A_record_that_its_topic_does_not_take_is_a_dead_letter_and_its_neighbours_flow_on()
    {
        Assert.SkipUnless(kafka.Broker.HasController, "The mock cluster has no limit a topic.");
        KafkaOptions options = await TopicsAsync(("max.message.bytes", "300000"));
        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        var events = new SensorEvent[3];
        for (int i = 0; i < 3; i++)
        {
            events[i] = Sample.Other($"{i}", Sample.Noon.AddSeconds(i));
        }

        byte[] large = Encoding.UTF8.GetBytes($"{{\"x\":\"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(600_000))}\"}}");
        events[1] = new SensorEvent("large", events[1].Source, events[1].Type, events[1].Time, events[1].Priority, large);
        await using (RunningProducer producer = RunningProducer.Start(options with { Compression = KafkaCompression.None }))
        {
            await Task.WhenAll(await producer.AppendAsync([.. events.Select(item => new EventRecord(item, null, Sample.Noon))], Cancel)).WaitAsync(Cancel);
            Assert.Equal(3, producer.Delivered);
        }

        List<ConsumeResult<byte[], byte[]>> read = Read([names.Of(events[0].Type), names.DeadLetter], 3);
        Assert.Equal(2, read.Count(record => record.Topic != names.DeadLetter));
        var letter = (DeadLetterRecord)new KafkaRecordReader(names, Sample.Reader.Events, TimeProvider.System).Read(read.Single(record => record.Topic == names.DeadLetter));
        Assert.Contains("not taken", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brokers_that_are_not_there_are_told_with_their_address_and_the_reason()
    {
        int port = LoopbackPort.Free();
        await using RunningProducer producer = RunningProducer.Start(kafka.Options() with { BootstrapServers = $"127.0.0.1:{port}" });

        string reason = await producer.Unreachable.WaitAsync(Cancel);

        Assert.Contains($"127.0.0.1:{port}", reason, StringComparison.Ordinal);
        Assert.Contains("refused", reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_library_that_was_shipped_is_the_one_in_use()
    {
        _ = Library.VersionString;

        string[] loaded = [.. Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
            .Select(module => module.FileName).Where(file => Path.GetFileName(file).Contains("librdkafka", StringComparison.Ordinal)).Distinct()];

        Assert.StartsWith(AppContext.BaseDirectory, Assert.Single(loaded), StringComparison.Ordinal);
    }

    /// <summary>Options whose topics are there.</summary>
    private async Task<KafkaOptions> TopicsAsync(params (string Name, string Value)[] settings)
    {
        KafkaOptions options = kafka.Options();
        if (kafka.Broker.HasController)
        {
            using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = options.BootstrapServers }).Build();
            await admin.CreateTopicsAsync(new KafkaTopicNames(options.Topics, Sample.Catalogue).All.Select(name => new TopicSpecification
            {
                Name = name,
                NumPartitions = 4,
                Configs = name == new KafkaTopicNames(options.Topics, Sample.Catalogue).DeadLetter ? [] : settings.ToDictionary(setting => setting.Name, setting => setting.Value),
            }));
        }

        return options;
    }

    private List<ConsumeResult<byte[], byte[]>> Read(IEnumerable<string> topics, int count)
    {
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = kafka.Broker.Servers, GroupId = KafkaBroker.NewPrefix(), AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Subscribe(topics);
        var read = new List<ConsumeResult<byte[], byte[]>>();
        while (read.Count < count)
        {
            read.Add(consumer.Consume(Cancel));
        }

        return read;
    }

    private static string Text(LogRecord record) => record switch
    {
        EventRecord item => $"{item.Event} {item.Event.Id} {item.Committed:o} {item.Arrival:o}",
        NodeStatusRecord status => $"{status.Site} {status.Node} {Convert.ToHexString(status.Status.Span)} {status.Arrival:o}",
        DeadLetterRecord letter => $"{letter.Topic} {letter.Properties} {letter.Reason} {Convert.ToHexString(letter.Payload.Span)} {letter.Arrival:o}",
        _ => throw new NotSupportedException(),
    };
}
