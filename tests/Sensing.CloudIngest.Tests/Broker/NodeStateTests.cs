using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Broker;

/// <summary>Retained node states and last wills.</summary>
public class NodeStateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_goes_without_a_word_is_offline_by_its_last_will()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        IMqttClient node = await ConnectNodeAsync(cloud);
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);
        Assert.Contains("\"connected\":true", await cloud.Http.GetStringAsync("/api/v1/nodes", Cancel), StringComparison.Ordinal);

        node.Dispose();

        await cloud.UntilAsync(async () => await StateAsync(cloud) == Sample.StatusJson(NodeState.Offline).Length, Cancel);
        string nodes = await cloud.Http.GetStringAsync("/api/v1/nodes", Cancel);
        Assert.Contains("\"state\":\"offline\"", nodes, StringComparison.Ordinal);
        Assert.Contains("\"connected\":false", nodes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_is_connected_before_its_status_is_stored()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient node = await ConnectNodeAsync(cloud);
        cloud.Store.Close();

        Task publish = node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);
        await cloud.Store.Entered.WaitAsync(Cancel);

        // Else a reader that is told at once shows a node that is silent and heard just now.
        Assert.True(cloud.Presence.IsConnected("tunnel", "cabinet-1"));
        cloud.Store.Open();
        await publish;
    }

    [Fact]
    public async Task A_node_that_says_goodbye_has_no_will()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient node = await ConnectNodeAsync(cloud);
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson(NodeState.Stopped)), Cancel);

        await node.DisconnectAsync(new MqttClientDisconnectOptions(), Cancel);

        // A second client's publish is stored after whatever the first one's end brought.
        using IMqttClient other = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        await other.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);
        Assert.Equal(Sample.StatusJson(NodeState.Stopped), (await cloud.Store.ReadNodesAsync(0, Cancel)).Single().Status.ToArray());
    }

    [Fact]
    public async Task A_node_that_connects_anew_under_its_name_is_not_declared_offline_by_its_old_connection()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        IMqttClient before = await ConnectNodeAsync(cloud);
        var replaced = new TaskCompletionSource();
        before.DisconnectedAsync += _ =>
        {
            replaced.TrySetResult();
            return Task.CompletedTask;
        };
        using IMqttClient after = await ConnectNodeAsync(cloud);
        await replaced.Task.WaitAsync(Cancel);
        await after.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);
        before.Dispose();

        await after.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);
        Assert.Equal(Sample.StatusJson(), (await cloud.Store.ReadNodesAsync(0, Cancel)).Single().Status.ToArray());
        Assert.Contains("\"connected\":true", await cloud.Http.GetStringAsync("/api/v1/nodes", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_outlives_a_restart_as_a_retained_message_and_its_node_is_not_connected()
    {
        using var folder = new TemporaryFolder();
        // The tier goes, the node stays: it has not gone without a word.
        IMqttClient? node = null;
        await using (RunningCloud first = await RunningCloud.StartAsync(Cancel, storePath: folder["cloud.db"]))
        {
            node = await ConnectNodeAsync(first);
            await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);
        }

        node.Dispose();
        await using RunningCloud second = await RunningCloud.StartAsync(Cancel, storePath: folder["cloud.db"]);
        using IMqttClient reader = await Mqtt.ConnectAsync(second.MqttPort, Cancel);
        var received = new TaskCompletionSource<MqttApplicationMessage>();
        reader.ApplicationMessageReceivedAsync += message =>
        {
            received.TrySetResult(message.ApplicationMessage);
            return Task.CompletedTask;
        };
        await reader.SubscribeAsync("sensing/v1/+/+/status", MqttQualityOfServiceLevel.AtLeastOnce, Cancel);

        MqttApplicationMessage status = await received.Task.WaitAsync(Cancel);
        Assert.Equal(Encoding.UTF8.GetString(Sample.StatusJson()), status.ConvertPayloadToString());
        string nodes = await second.Http.GetStringAsync("/api/v1/nodes", Cancel);
        Assert.Contains("\"state\":\"online\"", nodes, StringComparison.Ordinal);
        Assert.Contains("\"connected\":false", nodes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cleared_status_forgets_the_node()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient node = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", []), Cancel);

        Assert.Equal("[]", await cloud.Http.GetStringAsync("/api/v1/nodes", Cancel));
    }

    [Fact]
    public async Task Events_reach_subscribers_of_the_broker_too()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient reader = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        var received = new TaskCompletionSource<MqttApplicationMessage>();
        reader.ApplicationMessageReceivedAsync += message =>
        {
            received.TrySetResult(message.ApplicationMessage);
            return Task.CompletedTask;
        };
        await reader.SubscribeAsync("sensing/v1/#", MqttQualityOfServiceLevel.AtLeastOnce, Cancel);
        using IMqttClient node = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);

        await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        Assert.Equal(Sample.Vehicle(Sample.Noon).Topic, (await received.Task.WaitAsync(Cancel)).Topic);
    }

    private static Task<IMqttClient> ConnectNodeAsync(RunningCloud cloud) => Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options
        .WithClientId("tunnel-cabinet-1")
        .WithWillTopic("sensing/v1/tunnel/cabinet-1/status")
        .WithWillPayload(Sample.StatusJson(NodeState.Offline))
        .WithWillRetain()
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce));

    private static async Task<int> StateAsync(RunningCloud cloud)
    {
        IReadOnlyList<NodeEntry> nodes = await cloud.Store.ReadNodesAsync(0, Cancel);
        return nodes.Single().Status.Length;
    }
}
