using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Log.Kafka.Native;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>What is written is read back with Confluent.Kafka's own consumer.</summary>
[Collection(KafkaTests.Name)]
public class NativeProducerTests(KafkaFixture kafka)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_of_every_kind_come_out_of_Kafka_as_they_went_in()
    {
        KafkaTopicOptions topics = (await TopicsAsync()).Topics;
        var names = new KafkaTopicNames(topics);
        var writer = new KafkaRecordWriter(names);
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon.AddTicks(7));
        LogRecord[] records =
        [
            new EventRecord(vehicle, Sample.Noon.AddSeconds(1), Sample.Noon.AddSeconds(2)),
            new EventRecord(vehicle, null, Sample.Noon.AddSeconds(3)),
            new NodeStatusRecord("tunnel", "cabinet-1", Sample.StatusJson(), Sample.Noon),
            new NodeStatusRecord("tunnel", "cabinet-1", ReadOnlyMemory<byte>.Empty, Sample.Noon),
            new DeadLetterRecord("ä/b", $"{{\"x\":\"{new string('é', 20_000)}\"}}", new byte[] { 0, 255 }, "no event: ü", Sample.Noon),
        ];
        var reports = new Reports();
        using (var producer = new NativeProducer(Settings(), reports))
        {
            var written = new KafkaRecord();
            for (int i = 0; i < records.Length; i++)
            {
                writer.Write(records[i], written);
                Assert.Null(producer.Produce(written, i + 1));
            }

            Assert.Equal([1, 2, 3, 4, 5], (await reports.TakeAsync(5)).Order());
        }

        var reader = new KafkaRecordReader(names, TimeProvider.System);
        List<ConsumeResult<byte[], byte[]>> read = Read([names.Of(vehicle.Type), names.Node, names.DeadLetter], records.Length);
        Assert.Equal(records.Select(Text).Order(), read.Select(record => Text(reader.Read(record))).Order());
        Assert.Equal(
            Encoding.UTF8.GetBytes(vehicle.Source.Source),
            read.First(record => record.Topic == names.Of(vehicle.Type)).Message.Key);

        // An empty value is a value: Kafka would take no value for a removal.
        Assert.All(read, record => Assert.NotNull(record.Message.Value));
    }

    [Fact]
    public async Task Each_of_many_records_is_reported_once_and_one_key_keeps_its_order()
    {
        const int Count = 20_000;
        var names = new KafkaTopicNames((await TopicsAsync()).Topics);
        var writer = new KafkaRecordWriter(names);
        var reports = new Reports();
        using (var producer = new NativeProducer(Settings(), reports))
        {
            var written = new KafkaRecord();
            for (int i = 0; i < Count; i++)
            {
                SensorEvent item = Sample.Vehicle(Sample.Noon.AddSeconds(i), stream: new StreamAddress("tunnel", "cabinet-1", $"fibre-{i % 7}"));
                writer.Write(new EventRecord(item, null, Sample.Noon), written);
                Assert.Null(producer.Produce(written, i + 1));
            }

            Assert.Equal(Enumerable.Range(1, Count).Select(i => (nint)i), (await reports.TakeAsync(Count)).Order());
        }

        List<ConsumeResult<byte[], byte[]>> read = Read([names[KafkaTopic.Das]], Count);
        var reader = new KafkaRecordReader(names, TimeProvider.System);
        foreach (IGrouping<string, SensorEvent> stream in read.Select(record => ((EventRecord)reader.Read(record)).Event).GroupBy(item => item.Source.Source))
        {
            Assert.Equal(stream.OrderBy(item => item.Time).Select(item => item.Id), stream.Select(item => item.Id));
        }
    }

    [Fact]
    public void A_record_that_is_too_large_is_refused_at_once_and_named()
    {
        using var producer = new NativeProducer(Settings(settings => settings.MessageMaxBytes = 10_000), new Reports());
        var written = new KafkaRecord();
        new KafkaRecordWriter(new KafkaTopicNames(new KafkaTopicOptions())).Write(new DeadLetterRecord("a", "{}", new byte[20_000], "too large", Sample.Noon), written);

        Assert.Equal(ErrorCode.MsgSizeTooLarge, producer.Produce(written, 1)!.Code);
    }

    [Fact]
    public void A_setting_that_the_library_does_not_know_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new NativeProducer(Settings(settings => settings.Set("no.such", "1")), new Reports()));

        Assert.Contains("no.such", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fatal_error_is_told_as_one()
    {
        var reports = new Reports();
        using var producer = new NativeProducer(Settings(), reports);

        producer.Break();

        Assert.True((await reports.Errors.Reader.ReadAsync(Cancel)).IsFatal);
    }

    [Fact]
    public async Task Brokers_that_are_not_there_are_told_and_do_not_answer()
    {
        var reports = new Reports();
        using var producer = new NativeProducer(Settings(settings => settings.BootstrapServers = $"127.0.0.1:{LoopbackPort.Free()}"), reports);

        Assert.False(producer.Answers(TimeSpan.FromMilliseconds(200)));
        while ((await reports.Errors.Reader.ReadAsync(Cancel)).Code != ErrorCode.Local_AllBrokersDown)
        {
            // Others may come before.
        }
    }

    [Fact]
    public void The_library_that_was_shipped_is_the_one_in_use_by_both_clients()
    {
        using var producer = new NativeProducer(Settings(), new Reports());
        _ = Library.VersionString;

        string[] loaded = [.. Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
            .Select(module => module.FileName).Where(file => Path.GetFileName(file).Contains("librdkafka", StringComparison.Ordinal)).Distinct()];

        Assert.StartsWith(AppContext.BaseDirectory, Assert.Single(loaded), StringComparison.Ordinal);
    }

    private ProducerConfig Settings(Action<ProducerConfig>? change = null)
    {
        ProducerConfig settings = KafkaClientSettings.Producer(new KafkaOptions { BootstrapServers = kafka.Broker.Servers }, new LimitOptions());
        change?.Invoke(settings);
        return settings;
    }

    /// <summary>Options whose topics are there.</summary>
    private async Task<KafkaOptions> TopicsAsync()
    {
        KafkaOptions options = kafka.Options();
        if (kafka.Broker.HasController)
        {
            using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = options.BootstrapServers }).Build();
            await admin.CreateTopicsAsync(new KafkaTopicNames(options.Topics).All.Select(name => new TopicSpecification { Name = name, NumPartitions = 4 }));
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

    private sealed class Reports : IProducerEvents
    {
        private readonly Channel<nint> _delivered = Channel.CreateUnbounded<nint>();

        public Channel<Error> Errors { get; } = Channel.CreateUnbounded<Error>();

        public async Task<List<nint>> TakeAsync(int count)
        {
            var all = new List<nint>();
            while (all.Count < count)
            {
                all.Add(await _delivered.Reader.ReadAsync(Cancel));
            }

            Assert.False(_delivered.Reader.TryRead(out _));
            return all;
        }

        public void Delivered(ReadOnlySpan<nint> opaques)
        {
            foreach (nint opaque in opaques)
            {
                _delivered.Writer.TryWrite(opaque);
            }
        }

        public void Refused(nint opaque, Error error) => Errors.Writer.TryWrite(error);

        public void Failed(Error error) => Errors.Writer.TryWrite(error);

        public void Logged(string message)
        {
        }
    }
}
