using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.Dashboards.Options;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.Dashboards.Tests.Api;

/// <summary>A server that holds scripted events behind the query API's contract and serves the dashboard beside it: over real
/// HTTP, stopped and started again at will while its events stay.</summary>
public sealed partial class ScriptedApi : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedEntry> _entries = [];
    private readonly HashSet<string> _ids = [];
    private readonly Dictionary<string, JsonObject> _nodes = [];
    private readonly DashboardOptions? _dashboard;
    private readonly DirectoryInfo? _client;
    private TaskCompletionSource _news = NewSignal();
    private TaskCompletionSource _readers = NewSignal();
    private WebApplication? _app;
    private int _port;
    private long _sequence;
    private int _liveReaders;

    /// <summary>An API without events yet.</summary>
    /// <param name="dashboard">Locations of nodes.</param>
    /// <param name="client">Folder of a built client; absent: the one in the assembly.</param>
    public ScriptedApi(DashboardOptions? dashboard = null, DirectoryInfo? client = null) => (_dashboard, _client) = (dashboard, client);

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Answers of other paths than the live stream so far, for tests that count requests.</summary>
    public int Requests { get; private set; }

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            Requests += context.Request.Path.StartsWithSegments("/api") ? 1 : 0;
            return next(context);
        });
        Map(_app.MapGroup("/api/v1"));
        _app.MapDashboard(_dashboard, _client);
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    /// <summary>Stops listening and cuts every connection; events stay.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Stores events as if each had arrived <paramref name="delay"/> after its own time.</summary>
    public void Store(IEnumerable<SensorEvent> events, TimeSpan delay)
    {
        foreach (SensorEvent e in events)
        {
            Add(e, e.Time + delay);
        }
    }

    /// <summary>Stores events as arriving now, which the live stream sends on.</summary>
    public void Publish(params IEnumerable<SensorEvent> events)
    {
        foreach (SensorEvent e in events)
        {
            Add(e, TimeProvider.System.GetUtcNow());
        }
    }

    /// <summary>A node says how it is.</summary>
    public void Report(string site, string node, NodeStatus status, DateTimeOffset? received = null, bool connected = true)
    {
        var entry = new JsonObject
        {
            ["site"] = site,
            ["node"] = node,
            ["status"] = JsonSerializer.SerializeToNode(status, NodeEventJson.Default.NodeStatus),
            ["receivedAt"] = EventTime.Format(received ?? TimeProvider.System.GetUtcNow()),
            ["connected"] = connected,
        };
        lock (_gate)
        {
            _nodes[$"{site}/{node}"] = entry;
            _entries.Add(new ScriptedEntry(++_sequence, null, entry.ToJsonString(), default));
            Wake();
        }
    }

    /// <summary>Completes as soon as a page reads the live stream.</summary>
    public Task LiveReaderAsync()
    {
        lock (_gate)
        {
            return _liveReaders > 0 ? Task.CompletedTask : _readers.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(SensorEvent e, DateTimeOffset arrival)
    {
        JsonObject json = JsonNode.Parse(CloudEventJson.Write(e))!.AsObject();
        json["arrival"] = EventTime.Format(arrival);
        lock (_gate)
        {
            if (_ids.Add(e.Id))
            {
                _entries.Add(new ScriptedEntry(++_sequence, e, json.ToJsonString(), arrival));
                Wake();
            }
        }
    }

    private void Wake()
    {
        _news.TrySetResult();
        _news = NewSignal();
    }
}
