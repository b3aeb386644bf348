using System.Text;
using Confluent.Kafka;
using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>Kafka killed under load, and others who write to its topics.</summary>
public abstract class KafkaFaultContract(KafkaFixture kafka)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kafka_killed_and_run_again_under_load_loses_and_duplicates_nothing()
    {
        await using KafkaBroker broker = await kafka.StartOwnAsync(Cancel);
        await using Mosquitto mosquitto = await Mosquitto.StartAsync(Cancel);
        await using RunningCloud cloud = await StartAsync(mosquitto, KafkaFixture.Options(broker));
        await cloud.UntilReadyAsync(Cancel);
        SensorEvent[] events = [.. Enumerable.Range(0, 4000).Select(i => Sample.Other(
            $"{i:00000}", Sample.Noon.AddSeconds(i), stream: new StreamAddress("tunnel", "cabinet-1", $"fibre-{i % 3}")))];
        var publisher = new SteadyPublisher(events, mosquitto.Port);
        Task publishing = publisher.RunAsync(() => Task.CompletedTask, Cancel);
        for (int kill = 0; kill < 2; kill++)
        {
            await publisher.WaitAsync(500, Cancel);
            await broker.KillAsync(Cancel);
            await broker.RunAgainAsync(Cancel);
        }

        await publishing;
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        try
        {
            await cloud.UntilAsync(async () => (await cloud.Store.ReadSeriesAsync(Cancel)).Sum(series => series.Count) == events.Length, bound.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{(await cloud.AllAsync(Cancel)).Count} of {events.Length} stored: {await (await cloud.Http.GetAsync("/readyz", Cancel)).Content.ReadAsStringAsync(Cancel)}");
        }

        IReadOnlyList<StoredEvent> stored = await cloud.AllAsync(Cancel);
        int missing = events.Select(item => item.Id).Except(stored.Select(item => item.Event.Id)).Count();
        int doubled = stored.Count - stored.Select(item => item.Event.Id).Distinct().Count();
        int unordered = stored.GroupBy(item => item.Event.Source).Sum(stream => stream.Zip(stream.Skip(1)).Count(pair => string.CompareOrdinal(pair.First.Event.Id, pair.Second.Event.Id) > 0));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"expected {events.Length}, stored {stored.Count}, missing {missing}, duplicated {doubled}, out of order {unordered}; 2 kills of Kafka.");
        Assert.Equal((events.Length, 0, 0, 0), (stored.Count, missing, doubled, unordered));
    }

    [Fact]
    public async Task A_producer_that_has_failed_for_good_is_replaced_under_load_and_nothing_is_lost_duplicated_or_out_of_order()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync(Cancel);
        await using RunningCloud cloud = await StartAsync(mosquitto, kafka.Options());
        await cloud.UntilReadyAsync(Cancel);
        SensorEvent[] events = [.. Enumerable.Range(0, 3000).Select(i => Sample.Vehicle(
            Sample.Noon.AddSeconds(i), stream: new StreamAddress("tunnel", "cabinet-1", $"fibre-{i % 3}")))];
        // A quarter before each break and one after the last: each time events follow that only a new producer can take.
        var gate = new DeliveryGate();
        var publisher = new SteadyPublisher(
            events, mosquitto.Port, admit: (number, ended) => gate.WaitAsync(number, events.Length, ended));
        Task publishing = publisher.RunAsync(() => Task.CompletedTask, Cancel);
        BridgeProducer? broken = null;
        for (int i = 1; i <= 3; i++)
        {
            gate.Open(i / 4.0);
            await publisher.WaitAsync(500, Cancel);
            await cloud.UntilAsync(() => Task.FromResult(cloud.KafkaLog.Producer is { } producer && producer != broken), Cancel);
            broken = cloud.KafkaLog.Producer;
            MockKafkaCluster.Break(broken!.Handle);
        }

        gate.Open(1);
        await publishing;
        await cloud.UntilAsync(async () => (await cloud.Store.ReadSeriesAsync(Cancel)).Sum(series => series.Count) == events.Length, Cancel);

        foreach (IGrouping<StreamAddress, StoredEvent> stream in (await cloud.AllAsync(Cancel)).GroupBy(item => item.Event.Source))
        {
            Assert.Equal(events.Where(item => item.Source == stream.Key).Select(item => item.Id), stream.Select(item => item.Event.Id));
        }

        Assert.Equal(3, cloud.KafkaLog.Failures[nameof(ErrorCode.OutOfOrderSequenceNumber)]);
    }

    [Fact]
    public async Task A_record_of_somebody_else_that_is_no_event_is_a_dead_letter_and_the_next_flows_on()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync(Cancel);
        KafkaOptions options = kafka.Options();
        await using RunningCloud cloud = await StartAsync(mosquitto, options);
        await cloud.UntilReadyAsync(Cancel);
        using (IProducer<Null, byte[]> foreign = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = options.BootstrapServers }).Build())
        {
            await foreign.ProduceAsync(
                options.Topics.Prefix + "das", new Message<Null, byte[]> { Value = [1, 2, 255], Headers = new Headers { { "ce_id", Encoding.UTF8.GetBytes("x") } } }, Cancel);
            await foreign.ProduceAsync(options.Topics.Prefix + "deadletter", new Message<Null, byte[]> { Value = [7] }, Cancel);
        }

        using IMqttClient node = await Mqtt.ConnectAsync(mosquitto.Port, Cancel);
        await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        await cloud.UntilAsync(async () => (await cloud.AllAsync(Cancel)).Count == 1 && (await cloud.Store.ReadDeadLettersAsync(9, Cancel)).Count == 2, Cancel);
        DeadLetterRecord[] letters = [.. (await cloud.Store.ReadDeadLettersAsync(9, Cancel)).Select(letter => letter.Record).OrderBy(letter => letter.Payload.Length)];
        Assert.Equal([[7], [1, 2, 255]], letters.Select(letter => letter.Payload.ToArray()));
        Assert.Contains("specversion", letters[1].Reason, StringComparison.Ordinal);
        Assert.StartsWith($"kafka:{options.Topics.Prefix}das/", letters[1].Topic, StringComparison.Ordinal);
    }

    private static Task<RunningCloud> StartAsync(Mosquitto broker, KafkaOptions options) => RunningCloud.StartAsync(
        Cancel,
        defaults => defaults with
        {
            Kafka = options,
            Mqtt = new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = broker.Port, ReceiveMaximum = 300, MaxBackoffSeconds = 0.5 } },
        });
}
