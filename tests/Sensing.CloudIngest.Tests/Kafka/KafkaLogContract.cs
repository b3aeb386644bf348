using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>What the bridge's log promises, read back from Kafka with a consumer of the test's own.</summary>
public abstract class KafkaLogContract(KafkaFixture kafka)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected KafkaFixture Kafka => kafka;

    [Theory]
    [InlineData(KafkaCompression.None)]
    [InlineData(KafkaCompression.Lz4)]
    [InlineData(KafkaCompression.Zstd)]
    [InlineData(KafkaCompression.Snappy)]
    [InlineData(KafkaCompression.Gzip)]
    public async Task Records_of_every_kind_come_out_of_Kafka_as_they_went_in(KafkaCompression compression)
    {
        KafkaOptions options = kafka.Options() with { Compression = compression };
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
        await using RunningLog log = await RunningLog.StartAsync(options, Cancel);
        await log.DeliverAsync(records, Cancel);

        var reader = new KafkaRecordReader(names, Sample.Events, TimeProvider.System);
        List<ConsumeResult<byte[], byte[]>> read = log.Read([names.Of(vehicle.Type), names.Node], 4, Cancel);
        read.AddRange(log.Read([names.DeadLetter], 2, Cancel));
        Assert.Equal(records.Select(Text).Order(), read.Select(record => Text(reader.Read(record))).Order());
        Assert.Equal(
            Encoding.UTF8.GetBytes(vehicle.Source.Source),
            read.First(record => record.Topic == names.Of(vehicle.Type)).Message.Key);

        // An empty value is a value: Kafka would take no value for a removal.
        Assert.All(read, record => Assert.NotNull(record.Message.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Each_of_many_records_is_there_once_and_one_key_keeps_its_order(int requests)
    {
        const int Count = 20_000;
        await using RunningLog log = await RunningLog.StartAsync(kafka.Options() with { MaxRequests = requests }, Cancel);

        await log.DeliverAsync(Vehicles(Count), Cancel);

        Assert.Equal((Count, 0, 0L), ((int)log.Log.Delivered, log.Log.InFlight, log.Log.InFlightBytes));
        CheckOrder(log, Count);
    }

    [Fact]
    public async Task A_producer_that_is_replaced_for_renewed_files_under_load_neither_repeats_nor_reorders()
    {
        using var folder = new TemporaryFolder();
        KafkaOptions options = kafka.Options() with { SettingsFile = folder["kafka.properties"], LingerMs = 1 };
        await File.WriteAllTextAsync(options.SettingsFile!, "# nothing yet\n", Cancel);
        await using RunningLog log = await RunningLog.StartAsync(options, Cancel);
        await log.DeliverAsync(Vehicles(1), Cancel);
        var durable = new List<Task>();
        int count = 1;
        for (int renewal = 1; renewal <= 2; renewal++)
        {
            BridgeProducer? before = log.Log.Producer;
            await File.WriteAllTextAsync(options.SettingsFile!, $"statistics.interval.ms={renewal * 60_000}\n", Cancel);
            File.SetLastWriteTimeUtc(options.SettingsFile!, Sample.Noon.AddDays(renewal).UtcDateTime);

            // Load until another producer is at work.
            while (log.Log.Producer is var now && (now is null || now == before))
            {
                durable.AddRange(await log.AppendAsync(Vehicles(20, from: count), Cancel));
                count += 20;
                await durable[^1].WaitAsync(Cancel);
            }
        }

        await Task.WhenAll(durable).WaitAsync(Cancel);
        CheckOrder(log, count);
    }

    [Fact]
    public async Task A_producer_that_fails_for_good_leaves_nothing_out_and_keeps_the_order_of_first_occurrences()
    {
        const int Count = 6000;
        await using RunningLog log = await RunningLog.StartAsync(kafka.Options(), Cancel);
        await log.DeliverAsync(Vehicles(1), Cancel);
        Task[] durable = await log.AppendAsync(Vehicles(Count / 2, from: 1), Cancel);
        MockKafkaCluster.Break(log.Log.Producer!.Handle);
        Task[] later = await log.AppendAsync(Vehicles(Count / 2, from: 1 + (Count / 2)), Cancel);

        await Task.WhenAll([.. durable, .. later]).WaitAsync(Cancel);

        Assert.Equal(1, log.Log.Failures[nameof(ErrorCode.OutOfOrderSequenceNumber)]);
        CheckOrder(log, Count + 1, mayRepeat: true);
    }

    [Fact]
    public async Task A_record_above_the_largest_size_is_a_dead_letter_and_its_neighbours_flow_on()
    {
        KafkaOptions options = kafka.Options();
        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        await using RunningLog log = await RunningLog.StartAsync(options, Cancel, new LimitOptions { MaxPacketBytes = 200_000 });

        await log.DeliverAsync([Other(0, 10), Other(1, 600_000), Other(2, 10)], Cancel);

        Assert.Equal(2, log.Read([names["other"]], 2, Cancel).Count);
        ConsumeResult<byte[], byte[]> record = Assert.Single(log.Read([names.DeadLetter], 1, Cancel));
        var letter = (DeadLetterRecord)new KafkaRecordReader(names, Sample.Events, TimeProvider.System).Read(record);
        Assert.Contains(names["other"], letter.Reason, StringComparison.Ordinal);
        Assert.Contains("bytes are kept", letter.Reason, StringComparison.Ordinal);
        Assert.Equal(128 * 1024, letter.Payload.Length);
    }

    [Fact]
    public async Task Brokers_that_are_not_there_are_reported_with_their_address_and_the_reason()
    {
        int port = LoopbackPort.Free();
        KafkaOptions options = kafka.Options();
        await using RunningLog log = await RunningLog.StartAsync(
            options with { BootstrapServers = $"127.0.0.1:{port}", Topics = options.Topics with { Create = false } }, Cancel);

        string problem = await log.ProblemAsync("refused", Cancel);

        Assert.Contains($"127.0.0.1:{port}", problem, StringComparison.Ordinal);
    }

    /// <summary>Records of seven streams in turn, a second apart.</summary>
    protected static IEnumerable<LogRecord> Vehicles(int count, int from = 0) => Enumerable.Range(from, count).Select(i => new EventRecord(
        Sample.Vehicle(Sample.Noon.AddSeconds(i), stream: new StreamAddress("tunnel", "cabinet-1", $"fibre-{i % 7}")), null, Sample.Noon));

    /// <summary>An event that cannot be compressed.</summary>
    protected static EventRecord Other(int number, int bytes)
    {
        string text = Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes / 2));
        return new EventRecord(Sample.Other($"{number:00000}", Sample.Noon.AddSeconds(number), $"{{\"x\":\"{text}\"}}"), null, Sample.Noon);
    }

    /// <summary>Each vehicle is there, in order within its stream.</summary>
    internal static void CheckOrder(RunningLog log, int count, bool mayRepeat = false)
    {
        SensorEvent[] read = log.Vehicles(count, Cancel);
        if (!mayRepeat)
        {
            Assert.Equal(count, read.Length);
        }

        string[] ids = [.. read.Select(item => item.Id).Distinct()];
        Assert.Equal(count, ids.Length);
        foreach (IGrouping<string, SensorEvent> stream in read.DistinctBy(item => item.Id).GroupBy(item => item.Source.Source))
        {
            Assert.Equal(stream.OrderBy(item => item.Time).Select(item => item.Id), stream.Select(item => item.Id));
        }
    }

    private static string Text(LogRecord record) => record switch
    {
        EventRecord item => $"{item.Event} {item.Event.Id} {item.Committed:o} {item.Arrival:o}",
        NodeStatusRecord status => $"{status.Site} {status.Node} {Convert.ToHexString(status.Status.Span)} {status.Arrival:o}",
        DeadLetterRecord letter => $"{letter.Topic} {letter.Properties} {letter.Reason} {Convert.ToHexString(letter.Payload.Span)} {letter.Arrival:o}",
        _ => throw new NotSupportedException(),
    };
}
