using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Query;
using Sensing.CloudIngest.Store;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>The whole tier in this process, on ports of loopback that the system chose.</summary>
public sealed class RunningCloud : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder? _folder;

    private RunningCloud(WebApplication app, WatchedStore store, TemporaryFolder? folder)
    {
        _app = app;
        _folder = folder;
        Store = store;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WatchedStore Store { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public MessageIntake Intake => _app.Services.GetRequiredService<MessageIntake>();

    public INodePresence Presence => _app.Services.GetRequiredService<INodePresence>();

    internal BrokerSessions Sessions => _app.Services.GetRequiredService<EmbeddedBroker>().Sessions;

    public int LiveReaders => _app.Services.GetRequiredService<LiveReaders>().Count;

    public KafkaEventLog KafkaLog => _app.Services.GetRequiredService<KafkaEventLog>();

    public int MqttPort => _app.Services.GetRequiredService<EmbeddedBroker>().EndPoint.Port;

    /// <summary>Starts it.</summary>
    /// <param name="cancellation">Of the start.</param>
    /// <param name="change">Of the options; ports and the store's path are given.</param>
    /// <param name="time">Its clock; absent: the system's.</param>
    /// <param name="storePath">A store that outlives this run; absent: a temporary one.</param>
    /// <param name="catalogue">Its event families; absent: the program's.</param>
    /// <param name="add">Adds services; absent: none.</param>
    public static async Task<RunningCloud> StartAsync(
        CancellationToken cancellation, Func<CloudOptions, CloudOptions>? change = null, string? storePath = null, TimeProvider? time = null,
        EventCatalogue? catalogue = null, Action<IServiceCollection>? add = null)
    {
        TemporaryFolder? folder = storePath is null ? new TemporaryFolder() : null;
        var options = new CloudOptions
        {
            Mqtt = new MqttOptions { Embedded = new EmbeddedBrokerOptions { Port = 0 } },
            Store = new StoreOptions { Path = storePath ?? folder!["cloud.db"] },
            Http = new HttpOptions { Address = "http://127.0.0.1:0" },
        };
        options = change?.Invoke(options) ?? options;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Http.Address);
        builder.Services.AddRoutingCore();
        // A store that is made to fail does not hold the end of a test up for long.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        add?.Invoke(builder.Services);
        builder.Services.AddCloudIngest(options, catalogue ?? Sample.Catalogue, time ?? TimeProvider.System);
        var store = new WatchedStore(EventStores.Create(options.Store, catalogue ?? Sample.Catalogue, options.Limits, TimeProvider.System));
        builder.Services.AddSingleton<IEventStore>(_ => store);
        WebApplication app = builder.Build();
        app.MapQueryApi();
        await app.StartAsync(cancellation);
        return new RunningCloud(app, store, folder);
    }

    public Task<IReadOnlyList<StoredEvent>> AllAsync(CancellationToken cancellation) => Everything.OfAsync(Store, cancellation);

    /// <summary>Waits, from commit to commit, until <paramref name="holds"/>.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancellation)
    {
        while (true)
        {
            long seen = Store.Commits.Version;
            if (await holds())
            {
                return;
            }

            await Store.Commits.WaitAsync(seen, cancellation);
        }
    }

    /// <summary>Waits until <paramref name="holds"/>, of what is only told when asked.</summary>
    public async Task UntilAsync(Func<bool> holds, CancellationToken cancellation)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Waits until /readyz says that all is well.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using HttpResponseMessage ready = await Http.GetAsync("/readyz", cancellation);
            if (ready.IsSuccessStatusCode)
            {
                return;
            }

            // Readiness is only told when asked.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Store.Open();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder?.Dispose();
    }
}
