using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.CloudIngest;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Query;
using Sensing.CloudIngest.Store;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Onnx;
using Sensing.Streams;
using Sensing.Testing;
using CloudOptions = Sensing.CloudIngest.Configuration.CloudOptions;

namespace Sensing.Marine.Refinement.Tests;

/// <summary>The whole way of a model, with a real broker and a real HTTP server: published in the cloud, announced over MQTT, fetched over HTTP, run in
/// shadow, in use, and reverted.</summary>
public sealed class RefinementChainTests(Networks networks) : IClassFixture<Networks>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Helm _helm = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [TimeLimit(minutes: 10, reason: "trains a small model, simulates voyages and examines four models")]
    public async Task A_better_model_comes_into_use_and_worse_ones_are_rejected_and_reverted_by_themselves()
    {
        await using WebApplication cloud = await StartCloudAsync();
        var registry = cloud.Services.GetRequiredService<ModelRegistry>();
        var store = cloud.Services.GetRequiredService<IEventStore>();
        using var stop = new CancellationTokenSource();
        using EdgeNodeHost node = Node(cloud);
        Task running = Task.Run(() => node.RunAsync(stop.Token), Cancel);
        await node.Started.WaitAsync(Cancel);
        var voyage = new SimulatedVoyage(new VoyageOptions { Seed = 4242, EventEverySeconds = 2 });

        // 1.1 is as good: shadow, then in use.
        registry.Add("impacts", "1.1", networks.File("as good"));
        registry.Publish("impacts", "1.1");
        await SailUntilAsync(node, store, voyage.Step, "1.1", ModelState.InUse);

        // Files that are no model for this program, and one that calls everything by another name, never decide.
        registry.Add("impacts", "1.2", networks.OtherInputs());
        registry.Publish("impacts", "1.2");
        await SailUntilAsync(node, store, voyage.Step, "1.2", ModelState.Refused);
        registry.Add("impacts", "1.3", networks.Confused());
        registry.Publish("impacts", "1.3");
        await SailUntilAsync(node, store, voyage.Step, "1.3", ModelState.Rejected);

        // 1.4 keeps up in shadow and comes into use; then the sea brings what it was not tried with, and it is reverted by itself.
        registry.Add("impacts", "1.4", networks.AlarmsWhereItTurns());
        registry.Publish("impacts", "1.4");
        await SailUntilAsync(node, store, voyage.Step, "1.4", ModelState.InUse);
        var loose = new Loose(voyage);
        await SailUntilAsync(node, store, loose.Step, "1.4", ModelState.Reverted);

        // What the cloud withdraws stops deciding, too: 1.1 goes, and the model that came with the program decides again.
        registry.Revert("impacts", "test");
        registry.Publish("impacts", "1.1");
        registry.Revert("impacts", "test");
        await SailUntilAsync(node, store, voyage.Step, "1.1", ModelState.Reverted);

        await stop.CancelAsync();
        await running.WaitAsync(Cancel);
        ModelReport[] reports = await ReportsAsync(store);
        Assert.Equal(
            [
                "1.1 Fetched", "1.1 Shadow", "1.1 InUse", "1.2 Fetched", "1.2 Refused", "1.3 Fetched", "1.3 Rejected", "1.4 Fetched", "1.4 Shadow",
                "1.4 InUse", "1.4 Reverted", "1.1 Reverted",
            ],
            reports.Select(report => $"{report.Version} {report.State}"));
        Assert.Equal("1.0", reports[^1].InUse);
        Assert.All(reports.Where(report => report.Version is "1.2" or "1.3"), report => Assert.Equal("1.1", report.InUse));
        await cloud.StopAsync(Cancel);
    }

    /// <summary>Sends motions, a second after the other, until the cloud's store has what became of a model.</summary>
    private async Task SailUntilAsync(EdgeNodeHost node, IEventStore store, Func<Motion6> step, string version, ModelState state)
    {
        while (!(await ReportsAsync(store)).Any(report => report.Version == version && report.State == state))
        {
            for (int i = 0; i < 500; i++)
            {
                await _helm.SendAsync(step(), Cancel);
            }

            // What the node says of these five seconds of sea is in the store before more are sent; its status wakes this loop.
            long seen = store.Commits.Version;
            while (!_helm.IsEmpty || node.Outbox.Events > 0)
            {
                await store.Commits.WaitAsync(seen, Cancel);
                seen = store.Commits.Version;
            }
        }
    }

    private static async Task<ModelReport[]> ReportsAsync(IEventStore store)
    {
        EventPage page = await store.ReadEventsAsync(
            new EventQuery(new SeriesFilter([], [MarineEvents.Model.Name.ToString()]), null, null, Descending: false, After: null, 500), Cancel);
        return [.. page.Items.OrderBy(item => item.Sequence).Select(item => JsonSerializer.Deserialize(item.Event.Data.Span, MarineEventJson.Default.ModelReport)!)];
    }

    private async Task<WebApplication> StartCloudAsync()
    {
        var options = new CloudOptions
        {
            Mqtt = new CloudIngest.Configuration.MqttOptions { Embedded = new CloudIngest.Configuration.EmbeddedBrokerOptions { Port = 0 } },
            Store = new CloudIngest.Configuration.StoreOptions { Path = _folder["cloud.db"] },
            Http = new CloudIngest.Configuration.HttpOptions { Address = "http://127.0.0.1:0" },
            Models = new CloudIngest.Configuration.ModelOptions { Directory = _folder["registry"] },
        };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Http.Address);
        builder.Services.AddRoutingCore();
        builder.Services.AddCloudIngest(options, new EventCatalogue(MarineEvents.Family), TimeProvider.System);
        WebApplication app = builder.Build();
        app.MapQueryApi();
        await app.StartAsync(Cancel);
        return app;
    }

    private EdgeNodeHost Node(WebApplication cloud)
    {
        // In place of the program's own 1.0, of which only the file is there.
        ModelFolder.Add(_folder["own"], "impacts", "1.0", networks.File("first"));
        var streams = new StreamCatalogue();
        new ImpactModule().Register(streams);
        _helm.Register(streams);
        int port = cloud.Services.GetRequiredService<EmbeddedBroker>().EndPoint.Port;
        ConfigurationResult<NodeOptions> options = new NodeConfiguration(streams).Parse(
            $$"""
            {
              "site": "harbour", "node": "boat", "dataDirectory": "{{_folder["node"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{port}}, "statusSeconds": 0.05 },
              "outbox": { "commitEveryMs": 0 },
              "models": { "directory": "own", "fetch": { "server": "{{cloud.Urls.First()}}", "names": ["impacts"] } },
              "streams": [{ "name": "hull", "source": { "type": "helm" }, "impact": { "shadowWindows": 8 } }]
            }
            """, [], []);
        Assert.Empty(options.Problems);
        return new EdgeNodeHost(options.Value!, _folder.Path, streams, TimeProvider.System, NullLoggerFactory.Instance, seed: 1);
    }

    /// <summary>A voyage with a sensor that has come loose and turns to and fro.</summary>
    private sealed class Loose(SimulatedVoyage voyage)
    {
        private int _sample;

        public Motion6 Step()
        {
            Motion6 sea = voyage.Step();
            return sea with { R = sea.R + (3 * Math.Sin(2 * Math.PI * 12 * _sample++ / 100)) };
        }
    }
}
