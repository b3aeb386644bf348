using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>A real Mosquitto with the shipped configurations and access rules.</summary>
public class BrokerRulesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_certificates_a_node_publishes_below_its_own_prefix_only_and_the_bridge_reads_all_and_writes_nothing()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel, "cabinet-1", "cabinet-2");
        await using Mosquitto broker = await shipped.StartMosquittoAsync("mosquitto.conf", Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => Mqtt.ConnectAsync(broker.Port, Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => shipped.ConnectAsync(broker, null, Cancel));

        await CheckRulesAsync(user => shipped.ConnectAsync(broker, user, Cancel));
    }

    [Fact]
    public async Task With_passwords_the_same_rules_hold_and_nobody_comes_in_without_one()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel);
        await File.WriteAllLinesAsync(shipped["passwords"], new[] { "cabinet-1", "cabinet-2", "cloud-ingest" }.Select(user => PasswordFile.Line(user, $"of {user}")), Cancel);
        await using Mosquitto broker = await shipped.StartMosquittoAsync("mosquitto-passwords.conf", Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync("cabinet-1", "of cabinet-2"));
        await Assert.ThrowsAnyAsync<Exception>(() => shipped.ConnectAsync(broker, null, Cancel));

        await CheckRulesAsync(user => ConnectAsync(user, $"of {user}"));

        Task<IMqttClient> ConnectAsync(string user, string password) =>
            shipped.ConnectAsync(broker, null, Cancel, options => options.WithCredentials(user, password));
    }

    /// <summary>Mosquitto would drop the session of cloud-ingest, with what waits in it, for whoever comes with its client id and a clean start.</summary>
    [Fact]
    public async Task The_session_of_the_bridge_is_out_of_reach_of_a_node_and_a_server_is_no_node()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel, "cabinet-1");
        await using Mosquitto broker = await shipped.StartMosquittoAsync("mosquitto.conf", Cancel);
        SensorEvent item = Sample.Vehicle(Sample.Noon);
        using (IMqttClient bridge = await BridgeAsync())
        {
            await bridge.SubscribeAsync("sensing/v1/#", MqttQualityOfServiceLevel.AtLeastOnce, Cancel);
            await bridge.DisconnectAsync(new MqttClientDisconnectOptions { SessionExpiryInterval = 3600 }, Cancel);
        }

        using IMqttClient node = await shipped.ConnectAsync(broker, "cabinet-1", Cancel);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await node.PublishAsync(Mqtt.Message(item), Cancel)).ReasonCode);
        await node.DisconnectAsync(new MqttClientDisconnectOptions(), Cancel);
        using (await shipped.ConnectAsync(broker, "cabinet-1", Cancel, options => options.WithClientId("cloud-ingest").WithCleanStart()))
        {
        }

        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using IMqttClient again = await BridgeAsync(received => heard.TrySetResult(received));
        Assert.Equal(item.Topic, await heard.Task.WaitAsync(Cancel));
        using IMqttClient kafka = await shipped.ConnectAsync(broker, "kafka", Cancel);
        Assert.Equal(
            MqttClientPublishReasonCode.NotAuthorized,
            (await kafka.PublishAsync(Mqtt.Status("tunnel", "kafka", Sample.StatusJson()), Cancel)).ReasonCode);

        async Task<IMqttClient> BridgeAsync(Action<string>? heard = null)
        {
            IMqttClient client = new MqttClientFactory().CreateMqttClient();
            client.ApplicationMessageReceivedAsync += received =>
            {
                heard?.Invoke(received.ApplicationMessage.Topic);
                return Task.CompletedTask;
            };
            await client.ConnectAsync(shipped.Options(broker, "cloud-ingest").WithClientId("cloud-ingest").WithCleanStart(false).WithSessionExpiryInterval(3600).Build(), Cancel);
            return client;
        }
    }

    private static async Task CheckRulesAsync(Func<string, Task<IMqttClient>> connect)
    {
        SensorEvent item = Sample.Vehicle(Sample.Noon);
        MqttApplicationMessage status = Mqtt.Status("tunnel", "cabinet-1", "{}"u8.ToArray());
        foreach ((string user, MqttApplicationMessage message) in new[] { ("cabinet-2", Mqtt.Message(item)), ("cabinet-2", status), ("cloud-ingest", Mqtt.Message(item)) })
        {
            // On a connection of its own: Mosquitto 2.0.11 closes it after the refusal. Before the others: a user has one client id.
            using IMqttClient stranger = await connect(user);
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await stranger.PublishAsync(message, Cancel)).ReasonCode);
        }

        using IMqttClient bridge = await connect("cloud-ingest");
        using IMqttClient own = await connect("cabinet-1");
        var heard = Channel.CreateUnbounded<string>();
        bridge.ApplicationMessageReceivedAsync += received => heard.Writer.WriteAsync(received.ApplicationMessage.Topic).AsTask();
        MqttClientSubscribeResult subscribed = await bridge.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter("$share/cloud-ingest/sensing/v1/#", MqttQualityOfServiceLevel.AtLeastOnce).Build(), Cancel);
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, subscribed.Items.Single().ResultCode);

        Assert.Equal(MqttClientPublishReasonCode.Success, (await own.PublishAsync(Mqtt.Message(item), Cancel)).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await own.PublishAsync(status, Cancel)).ReasonCode);
        Assert.Equal(item.Topic, await heard.Reader.ReadAsync(Cancel));
        Assert.Equal("sensing/v1/tunnel/cabinet-1/status", await heard.Reader.ReadAsync(Cancel));
    }
}
