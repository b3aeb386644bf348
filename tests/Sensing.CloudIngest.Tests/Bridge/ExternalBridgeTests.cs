using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Bridge;

/// <summary>The bridge against a real Mosquitto.</summary>
public class ExternalBridgeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_another_broker_are_stored_and_acknowledged_after_the_commit()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        SensorEvent[] events = Events(0, 200);
        await using (RunningCloud first = await StartAsync(broker, folder))
        {
            await first.UntilReadyAsync(Cancel);
            first.Store.Close();
            using IMqttClient node = await Mqtt.ConnectAsync(broker.Port, Cancel);
            foreach (SensorEvent item in events)
            {
                await node.PublishAsync(Mqtt.Message(item), Cancel);
            }

            await first.Store.Entered.WaitAsync(Cancel);
            Assert.Empty(await first.AllAsync(Cancel));
            first.Store.Fail(int.MaxValue);
            // Ends here with every message taken and none committed.
        }

        await using RunningCloud second = await StartAsync(broker, folder);
        await second.UntilAsync(async () => (await second.AllAsync(Cancel)).Count == events.Length, Cancel);
        Assert.Equal(events.Select(item => item.Id), (await second.AllAsync(Cancel)).Select(item => item.Event.Id));
    }

    [Fact]
    public async Task What_came_while_the_bridge_was_away_comes_when_it_is_back()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        using IMqttClient node = await Mqtt.ConnectAsync(broker.Port, Cancel);
        await using (RunningCloud first = await StartAsync(broker, folder))
        {
            await first.UntilReadyAsync(Cancel);
            await node.PublishAsync(Mqtt.Message(Events(0, 1)[0]), Cancel);
            await first.UntilAsync(async () => (await first.AllAsync(Cancel)).Count == 1, Cancel);
        }

        foreach (SensorEvent item in Events(1, 300))
        {
            await node.PublishAsync(Mqtt.Message(item), Cancel);
        }

        await using RunningCloud second = await StartAsync(broker, folder);
        await second.UntilAsync(async () => (await second.AllAsync(Cancel)).Count == 301, Cancel);
        Assert.Equal(Events(0, 301).Select(item => item.Id), (await second.AllAsync(Cancel)).Select(item => item.Event.Id));
    }

    [Fact]
    public async Task The_broker_restarted_under_load_loses_and_doubles_nothing()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await StartAsync(broker, folder);
        await cloud.UntilReadyAsync(Cancel);
        SensorEvent[] events = Events(0, 3000);
        var publisher = new SteadyPublisher(events, broker.Port);
        Task up = Task.CompletedTask;
        Task publishing = publisher.RunAsync(() => up, Cancel);
        for (int i = 0; i < 3; i++)
        {
            await publisher.WaitAsync(400, Cancel);
            var back = new TaskCompletionSource();
            up = back.Task;
            await broker.StopAsync(Cancel);
            await broker.RestartAsync(Cancel);
            back.SetResult();
        }

        await publishing;
        await cloud.UntilAsync(async () => (await cloud.Store.ReadSeriesAsync(Cancel)).Sum(series => series.Count) == events.Length, Cancel);
        IReadOnlyList<StoredEvent> stored = await cloud.AllAsync(Cancel);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{events.Length} events, 3 restarts of the broker, {publisher.Repeats} sent again, {stored.Count} stored.");
        Assert.Equal(events.Select(item => item.Id).Order(StringComparer.Ordinal), stored.Select(item => item.Event.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_status_retained_before_the_bridge_came_is_known_and_a_later_will_replaces_it()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        IMqttClient node = await Mqtt.ConnectAsync(broker.Port, Cancel, options => options
            .WithWillTopic("sensing/v1/tunnel/cabinet-1/status").WithWillPayload(Sample.StatusJson(NodeState.Offline)).WithWillRetain());
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", Sample.StatusJson()), Cancel);

        await using RunningCloud cloud = await StartAsync(broker, folder);
        await cloud.UntilAsync(async () => (await cloud.Store.ReadNodesAsync(0, Cancel)).Count == 1, Cancel);
        Assert.Contains("\"connected\":true", await cloud.Http.GetStringAsync("/api/v1/nodes", Cancel), StringComparison.Ordinal);

        node.Dispose();
        await cloud.UntilAsync(
            async () => (await cloud.Store.ReadNodesAsync(0, Cancel)).Single().Status.Span.SequenceEqual(Sample.StatusJson(NodeState.Offline)), Cancel);
        Assert.Contains("\"connected\":false", await cloud.Http.GetStringAsync("/api/v1/nodes", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_broker_the_tier_starts_serves_what_it_has_and_says_that_it_is_not_ready()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await StartAsync(LoopbackPort.Free(), folder);

        using HttpResponseMessage ready = await cloud.Http.GetAsync("/readyz", Cancel);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("MQTT broker", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("[]", await cloud.Http.GetStringAsync("/api/v1/streams", Cancel));
    }

    private static SensorEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => Sample.Other($"{i:00000}", Sample.Noon.AddSeconds(i)))];

    private static Task<RunningCloud> StartAsync(Mosquitto broker, TemporaryFolder folder) => StartAsync(broker.Port, folder);

    private static Task<RunningCloud> StartAsync(int port, TemporaryFolder folder) => RunningCloud.StartAsync(
        Cancel,
        options => options with
        {
            Mqtt = new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = port, ReceiveMaximum = 300, MaxBackoffSeconds = 0.5 } },
        },
        folder["cloud.db"]);
}
