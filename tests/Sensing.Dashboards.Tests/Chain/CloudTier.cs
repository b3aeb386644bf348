using System.Text;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Query;
using Sensing.Dashboards.Options;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.Dashboards.Tests.Chain;

/// <summary>The product's own broker, store and query API with the pages beside them; events go in over MQTT.</summary>
public sealed class CloudTier : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensing-dashboards-");
    private readonly DashboardOptions _dashboard;
    private WebApplication? _app;
    private IMqttClient? _node;
    private int _port;

    public CloudTier(DashboardOptions dashboard) => _dashboard = dashboard;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        builder.Services.AddRoutingCore();
        builder.Services.AddCloudIngest(
            new CloudOptions
            {
                Mqtt = new MqttOptions { Embedded = new EmbeddedBrokerOptions { Port = 0 } },
                Store = new StoreOptions { Path = Path.Combine(_folder.FullName, "events.db") },
            },
            CloudCatalogue.Create(),
            TimeProvider.System);
        _app = builder.Build();
        _app.MapQueryApi();
        _app.MapDashboard(_dashboard);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.First()).Port;
        _node = new MqttClientFactory().CreateMqttClient();
        await _node.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", _app.Services.GetRequiredService<EmbeddedBroker>().EndPoint.Port)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .Build());
    }

    public async Task StopAsync()
    {
        if (_node is { } node)
        {
            _node = null;
            await node.DisconnectAsync();
            node.Dispose();
        }

        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Completes when every event is in the store: the broker acknowledges after its commit.</summary>
    public Task PublishAsync(IEnumerable<SensorEvent> events) => Task.WhenAll(events.Select(e => SendAsync(new MqttApplicationMessageBuilder()
        .WithTopic(e.Topic)
        .WithPayload(e.Data.ToArray())
        .WithContentType("application/json")
        .WithUserProperty("specversion", Encoding.UTF8.GetBytes("1.0"))
        .WithUserProperty("id", Encoding.UTF8.GetBytes(e.Id))
        .WithUserProperty("source", Encoding.UTF8.GetBytes(e.Source.Source))
        .WithUserProperty("type", Encoding.UTF8.GetBytes(e.Type.ToString()))
        .WithUserProperty("time", Encoding.UTF8.GetBytes(EventTime.Format(e.Time))))));

    public Task ReportAsync(string site, string node, NodeStatus status) => SendAsync(new MqttApplicationMessageBuilder()
        .WithTopic($"sensing/v1/{site}/{node}/status")
        .WithRetainFlag()
        .WithPayload(JsonSerializer.SerializeToUtf8Bytes(status, NodeEventJson.Default.NodeStatus)));

    private async Task SendAsync(MqttApplicationMessageBuilder message)
    {
        MqttClientPublishResult result = await _node!.PublishAsync(message.WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        Assert.True(result.IsSuccess, $"{result.ReasonCode}: {result.ReasonString}");
    }
}
