using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>Topics that the brokers create by themselves.</summary>
[Collection(RealKafka.Name)]
[TimeLimit(minutes: 5, reason: "Starts a broker, a Java process: up to 15 s on two idle cores.")]
public class KafkaTopicCreationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Brokers_that_create_topics_do_so_before_the_first_event()
    {
        await using KafkaBroker broker = await KafkaBroker.StartAsync(Cancel, 1, null, "auto.create.topics.enable=true", "num.partitions=3");

        await CheckAsync(broker);
    }

    [Fact]
    public async Task The_mock_cluster_does_so_too()
    {
        await using var broker = KafkaBroker.Mock();

        await CheckAsync(broker);
    }

    private static async Task CheckAsync(KafkaBroker broker)
    {
        string prefix = KafkaBroker.NewPrefix();
        var options = new KafkaOptions
        {
            BootstrapServers = broker.Servers,
            GroupId = prefix + "sinks",
            Topics = new KafkaTopicOptions { Prefix = prefix, Create = false },
        };
        await using Mosquitto mosquitto = await Mosquitto.StartAsync(Cancel);
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel,
            defaults => defaults with
            {
                Kafka = options,
                Mqtt = new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = mosquitto.Port } },
            });
        await cloud.UntilReadyAsync(Cancel);
        using IMqttClient node = await Mqtt.ConnectAsync(mosquitto.Port, Cancel);

        await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        await cloud.UntilAsync(async () => (await cloud.AllAsync(Cancel)).Count == 1, Cancel);
    }
}
