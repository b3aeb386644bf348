using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>The whole chain in one process: another broker, bridge, Kafka, sink, store.</summary>
public abstract class KafkaChainContract(KafkaFixture kafka)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_states_and_dead_letters_go_from_another_broker_through_Kafka_to_the_store_as_they_were()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        await using RunningCloud cloud = await StartAsync(broker);
        await cloud.UntilReadyAsync(Cancel);
        using IMqttClient node = await Mqtt.ConnectAsync(broker.Port, Cancel);
        SensorEvent vehicle = Sample.Vehicle(Sample.Noon.AddTicks(7));
        SensorEvent[] others = [.. Enumerable.Range(0, 300).Select(i => Sample.Other($"{i:0000}", Sample.Noon.AddSeconds(i), $"{{\"n\":{i}}}"))];

        await node.PublishAsync(Mqtt.Message(vehicle, Sample.Noon.AddSeconds(1)), Cancel);
        await node.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic("sensing/v1/tunnel/cabinet-1/fibre-a/das/vehicle").WithPayload([0, 1, 255]).WithUserProperty("id", "x"u8.ToArray().AsMemory())
            .WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build(), Cancel);
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);
        foreach (SensorEvent other in others)
        {
            await node.PublishAsync(Mqtt.Message(other), Cancel);
        }

        await cloud.UntilAsync(async () => (await cloud.AllAsync(Cancel)).Count == 301
            && (await cloud.Store.ReadDeadLettersAsync(9, Cancel)).Count == 1 && (await cloud.Store.ReadNodesAsync(0, Cancel)).Count == 1, Cancel);
        IReadOnlyList<StoredEvent> stored = await cloud.AllAsync(Cancel);
        StoredEvent first = stored.Single(item => item.Event.Type == vehicle.Type);
        Assert.Equal(vehicle, first.Event);
        Assert.Equal(Sample.Noon.AddSeconds(1), first.Committed);
        Assert.Equal(others, stored.Where(item => item.Event.Type != vehicle.Type).Select(item => item.Event));
        DeadLetterRecord letter = (await cloud.Store.ReadDeadLettersAsync(9, Cancel)).Single().Record;
        Assert.Equal([0, 1, 255], letter.Payload.ToArray());
        Assert.Equal("sensing/v1/tunnel/cabinet-1/fibre-a/das/vehicle", letter.Topic);
        Assert.Contains("specversion", letter.Reason, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"x\"", letter.Properties, StringComparison.Ordinal);
        Assert.Equal(Sample.StatusJson(), (await cloud.Store.ReadNodesAsync(0, Cancel)).Single().Status.ToArray());
        using HttpResponseMessage health = await cloud.Http.GetAsync("/healthz", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task What_Kafka_had_when_the_process_stopped_is_stored_by_the_next_and_nothing_twice()
    {
        using var folder = new Sensing.Testing.TemporaryFolder();
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        KafkaOptions options = kafka.Options();
        SensorEvent[] events = [.. Enumerable.Range(0, 500).Select(i => Sample.Other($"{i:0000}", Sample.Noon.AddSeconds(i)))];
        await using (RunningCloud first = await StartAsync(broker, options, folder["cloud.db"]))
        {
            await first.UntilReadyAsync(Cancel);
            first.Store.Close();
            using IMqttClient node = await Mqtt.ConnectAsync(broker.Port, Cancel);
            await Task.WhenAll(events.Select(item => node.PublishAsync(Mqtt.Message(item), Cancel)));
            await first.Store.Entered.WaitAsync(Cancel);
            first.Store.Fail(int.MaxValue);
            // Ends here: all of it acknowledged to the node, nothing stored.
        }

        await using RunningCloud second = await StartAsync(broker, options, folder["cloud.db"]);
        await second.UntilAsync(async () => (await second.AllAsync(Cancel)).Count == events.Length, Cancel);
        Assert.Equal(events.Select(item => item.Id), (await second.AllAsync(Cancel)).Select(item => item.Event.Id));
    }

    private Task<RunningCloud> StartAsync(Mosquitto broker, KafkaOptions? options = null, string? store = null) => RunningCloud.StartAsync(
        Cancel,
        defaults => defaults with
        {
            Kafka = options ?? kafka.Options(),
            Mqtt = new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = broker.Port, ReceiveMaximum = 300, MaxBackoffSeconds = 0.5 } },
        },
        store);
}
