using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Models;

/// <summary>Manifests over MQTT.</summary>
public sealed class ManifestTests : IDisposable
{
    private const string Topic = "sensing/models/v1/gust";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Manifests_are_retained_follow_the_registry_and_survive_a_restart()
    {
        await using (RunningCloud cloud = await StartAsync())
        {
            var registry = cloud.Services.GetRequiredService<ModelRegistry>();
            using var early = new Subscriber();
            await early.ConnectAsync(cloud.MqttPort);
            registry.Add("gust", "1.1", "first"u8.ToArray());
            registry.Publish("gust", "1.1");
            await early.UntilAsync("1.1", 0);
            registry.Add("gust", "1.2", "second"u8.ToArray());
            registry.Publish("gust", "1.2");
            await early.UntilAsync("1.2", 0);
            registry.Revert("gust", "it does worse");
            await early.UntilAsync("1.1", 1);

            using var late = new Subscriber();
            await late.ConnectAsync(cloud.MqttPort);
            await late.UntilAsync("1.1", 1);
        }

        await using RunningCloud restarted = await StartAsync();
        using var after = new Subscriber();
        await after.ConnectAsync(restarted.MqttPort);
        await after.UntilAsync("1.1", 1);
    }

    [Fact]
    public async Task Only_the_tier_itself_publishes_manifests()
    {
        await using RunningCloud cloud = await StartAsync();
        using var forger = new Subscriber();
        await forger.ConnectAsync(cloud.MqttPort);
        MqttClientPublishResult forged = await forger.Client.PublishAsync(
            new MqttApplicationMessage { Topic = Topic, Payload = new ReadOnlySequence<byte>("{}"u8.ToArray()), Retain = true, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce },
            Cancel);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, forged.ReasonCode);

        var registry = cloud.Services.GetRequiredService<ModelRegistry>();
        registry.Add("gust", "1.1", "first"u8.ToArray());
        registry.Publish("gust", "1.1");
        using var node = new Subscriber();
        await node.ConnectAsync(cloud.MqttPort);
        await node.UntilAsync("1.1", 0);
        Assert.DoesNotContain(node.Seen, manifest => manifest == "{}");

        using IMqttClient willing = new MqttClientFactory().CreateMqttClient();
        MqttClientConnectResult refused = await willing.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", cloud.MqttPort).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithWillTopic(Topic).WithWillPayload("{}").WithWillRetain().Build(), Cancel);
        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, refused.ResultCode);
    }

    [Fact]
    public async Task Another_broker_retains_them_too()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        await using RunningCloud cloud = await StartAsync(new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = broker.Port } });
        var registry = cloud.Services.GetRequiredService<ModelRegistry>();
        registry.Add("gust", "1.1", "first"u8.ToArray());
        registry.Publish("gust", "1.1");
        using var node = new Subscriber();
        await node.ConnectAsync(broker.Port);
        await node.UntilAsync("1.1", 0);
    }

    private Task<RunningCloud> StartAsync(MqttOptions? mqtt = null) => RunningCloud.StartAsync(Cancel, options => options with
    {
        Mqtt = mqtt ?? options.Mqtt,
        Models = new ModelOptions { Directory = _folder["registry"] },
    });

    /// <summary>A client that sees what a node sees.</summary>
    private sealed class Subscriber : IDisposable
    {
        private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

        public IMqttClient Client { get; } = new MqttClientFactory().CreateMqttClient();

        public List<string> Seen { get; } = [];

        public async Task ConnectAsync(int port)
        {
            Client.ApplicationMessageReceivedAsync += received =>
            {
                _received.Writer.TryWrite(Encoding.UTF8.GetString(received.ApplicationMessage.Payload.ToArray()));
                return Task.CompletedTask;
            };
            await Client.ConnectAsync(
                new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build(), Cancel);
            await Client.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce, Cancel);
        }

        /// <summary>Waits for the manifest that names this version, with so many withdrawn.</summary>
        public async Task UntilAsync(string version, int withdrawn)
        {
            while (true)
            {
                Seen.Add(await _received.Reader.ReadAsync(Cancel));
                ModelManifest manifest = JsonSerializer.Deserialize(Seen[^1], ModelManifestJson.Default.ModelManifest)!;
                if (manifest.Models.Select(model => model.Version).SequenceEqual([version]) && (manifest.Withdrawn?.Count ?? 0) == withdrawn)
                {
                    return;
                }
            }
        }

        public void Dispose() => Client.Dispose();
    }
}
