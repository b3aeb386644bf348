using System.Buffers;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Broker;

/// <summary>The broker's promise: a publish that was acknowledged is in the store.</summary>
public class AcknowledgementTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publish_is_acknowledged_after_the_commit_and_not_before()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        cloud.Store.Close();

        Task<MqttClientPublishResult> published = client.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);
        await cloud.Store.Entered.WaitAsync(Cancel);
        // A round trip on the same connection: an acknowledgement sent before the commit would be here by now.
        await client.PingAsync(Cancel);
        Assert.False(published.IsCompleted);
        Assert.Empty(await cloud.AllAsync(Cancel));

        cloud.Store.Open();
        Assert.Equal(MqttClientPublishReasonCode.Success, (await published).ReasonCode);
        Assert.Equal(Sample.Vehicle(Sample.Noon), Assert.Single(await cloud.AllAsync(Cancel)).Event);
    }

    [Fact]
    public async Task While_the_store_fails_nothing_is_acknowledged_and_afterwards_everything_is_once()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        cloud.Store.Fail(3);

        Task<MqttClientPublishResult>[] published =
            [.. Enumerable.Range(0, 5).Select(i => client.PublishAsync(Mqtt.Message(Sample.Other($"{i}", Sample.Noon)), Cancel))];
        await cloud.Store.Entered.WaitAsync(Cancel);
        await client.PingAsync(Cancel);
        Assert.DoesNotContain(published, task => task.IsCompleted);

        await Task.WhenAll(published);
        Assert.Equal(["0", "1", "2", "3", "4"], (await cloud.AllAsync(Cancel)).Select(item => item.Event.Id));
    }

    [Fact]
    public async Task What_waits_for_one_commit_goes_with_the_next_in_one_and_in_order()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        cloud.Store.Close();

        Task<MqttClientPublishResult> first = client.PublishAsync(Mqtt.Message(Sample.Other("first", Sample.Noon)), Cancel);
        await cloud.Store.Entered.WaitAsync(Cancel);
        Task<MqttClientPublishResult>[] rest =
            [.. Enumerable.Range(0, 300).Select(i => client.PublishAsync(Mqtt.Message(Sample.Other($"{i:000}", Sample.Noon)), Cancel))];
        // The broker reads a connection in order: what was sent before this ping has been taken when its answer comes.
        await client.PingAsync(Cancel);
        cloud.Store.Open();
        await Task.WhenAll([first, .. rest]);

        Assert.Equal([1, 300], cloud.Store.Batches);
        Assert.Equal(["first", .. Enumerable.Range(0, 300).Select(i => $"{i:000}")], (await cloud.AllAsync(Cancel)).Select(item => item.Event.Id));
    }

    [Fact]
    public async Task A_client_that_has_too_much_under_way_is_read_on_when_some_of_it_is_stored()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Mqtt = new MqttOptions { Embedded = options.Mqtt.Embedded with { ReceiveMaximum = 2 } },
            Limits = options.Limits with { MaxInFlight = 1, MaxBatch = 1 },
        });
        using IMqttClient old = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel, options => options.WithProtocolVersion(MqttProtocolVersion.V311).WithCleanSession());
        var message = new MqttApplicationMessageBuilder().WithTopic("no/event").WithPayload("x").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => old.PublishAsync(message, Cancel)));

        Assert.Equal(50, (await cloud.Store.ReadDeadLettersAsync(100, Cancel)).Count);
    }

    [Fact]
    public async Task A_client_that_has_too_much_under_way_and_is_gone_is_noticed()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel, options => options with { Mqtt = new MqttOptions { Embedded = options.Mqtt.Embedded with { ReceiveMaximum = 1 } } });
        cloud.Store.Close();
        using RawMqttClient client = await RawMqttClient.ConnectAsync(cloud.MqttPort, ("no/will", "gone"), Cancel);
        await client.PublishAsync("no/event", 3, Cancel);
        await cloud.Store.Entered.WaitAsync(Cancel);

        client.Reset();
        cloud.Store.Open();

        await cloud.UntilAsync(async () => (await cloud.Store.ReadDeadLettersAsync(10, Cancel)).Any(letter => letter.Record.Topic == "no/will"), Cancel);
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Other_qualities_of_service_are_stored_too(MqttQualityOfServiceLevel quality)
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        MqttApplicationMessage message = Mqtt.Message(Sample.Vehicle(Sample.Noon));
        message.QualityOfServiceLevel = quality;

        await client.PublishAsync(message, Cancel);

        await cloud.UntilAsync(async () => (await cloud.AllAsync(Cancel)).Count == 1, Cancel);
    }

    [Fact]
    public async Task What_is_no_event_is_a_dead_letter_with_its_bytes_and_acknowledged_and_the_next_flows_on()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        byte[] garbage = [0xff, 0x00, 0x7b];
        MqttApplicationMessage misfit = Mqtt.Message(Sample.Vehicle(Sample.Noon));
        misfit.Payload = new ReadOnlySequence<byte>("{\"direction\":\"up\"}"u8.ToArray());
        MqttApplicationMessage elsewhere = Mqtt.Message(Sample.Vehicle(Sample.Noon));
        elsewhere.Topic = "sensing/v1/tunnel/other-node/fibre-a/das/vehicle";

        foreach (MqttApplicationMessage message in new[]
        {
            new MqttApplicationMessageBuilder().WithTopic("sensing/v1/x").WithPayload(garbage).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            misfit,
            elsewhere,
            Mqtt.Message(Sample.Other("not-json", Sample.Noon, "{")),
            Mqtt.Status("tunnel", "cabinet-1", "{}"u8.ToArray()),
            Mqtt.Message(Sample.Vehicle(Sample.Noon)),
        })
        {
            Assert.Equal(MqttClientPublishReasonCode.Success, (await client.PublishAsync(message, Cancel)).ReasonCode);
        }

        Assert.Single(await cloud.AllAsync(Cancel));
        IReadOnlyList<StoredDeadLetter> letters = await cloud.Store.ReadDeadLettersAsync(10, Cancel);
        Assert.Collection(letters.Reverse().Select(letter => letter.Record),
            letter => Assert.Equal((true, "sensing/v1/x"), (letter.Payload.Span.SequenceEqual(garbage) && letter.Reason.Contains("specversion", StringComparison.Ordinal), letter.Topic)),
            letter => Assert.Contains("the data are no sensing.das.vehicle.v1", letter.Reason, StringComparison.Ordinal),
            letter => Assert.Contains("the topic does not belong to source and type", letter.Reason, StringComparison.Ordinal),
            letter => Assert.Contains("not JSON", letter.Reason, StringComparison.Ordinal),
            letter => Assert.Contains("node status", letter.Reason, StringComparison.Ordinal));
        Assert.Contains(Sample.Vehicle(Sample.Noon).Id, letters[2].Record.Properties, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_mqtt_and_packets_above_the_limit_end_their_own_connection_only()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Limits = options.Limits with { MaxPacketBytes = 2000 },
        });
        using IMqttClient good = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        byte[][] attacks =
        [
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            [0x10, 0xff, 0xff, 0xff, 0x7f],
            [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31))],
        ];
        foreach (byte[] bytes in attacks)
        {
            using var raw = new TcpClient();
            await raw.ConnectAsync("127.0.0.1", cloud.MqttPort, Cancel);
            NetworkStream stream = raw.GetStream();
            await stream.WriteAsync(bytes, Cancel);
            await DrainAsync(stream);
        }

        using IMqttClient large = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => large.PublishAsync(
            Mqtt.Message(Sample.Other("large", Sample.Noon, $"\"{new string('x', 3000)}\"")), Cancel));
        await good.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);
        Assert.Single(await cloud.AllAsync(Cancel));
    }

    [Fact]
    public async Task The_commit_time_that_a_node_names_is_kept()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);

        await client.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon), Sample.Noon.AddSeconds(2)), Cancel);

        Assert.Equal(Sample.Noon.AddSeconds(2), Assert.Single(await cloud.AllAsync(Cancel)).Committed);
    }

    /// <summary>Reads until the other side closes.</summary>
    private static async Task DrainAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, Cancel) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset is closed too.
        }
    }
}
