using System.Text.Json.Nodes;
using Sensing.CloudIngest.Configuration;
using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <summary>Producers, broker, bridge, Kafka, sink and store, each a process of its own on loopback, for a fault to break.</summary>
public sealed partial class DeliveryRig : IAsyncDisposable
{
    /// <summary>Longest time without a new row in the store before a run is given up, or what has not come is
    /// missing.</summary>
    /// <remarks>A session of Kafka's group is 10 s; the rest is for a machine that other work shares.</remarks>
    internal static readonly TimeSpan Stall = TimeSpan.FromSeconds(120);

    private readonly KafkaBroker? _shared;
    private readonly TemporaryFolder _folder = new();
    private readonly Lock _lock = new();
    private readonly List<SensorEvent[]> _nodes = [];
    private readonly List<SteadyPublisher> _publishers = [];
    private MosquittoBroker? _mosquitto;
    private KafkaBroker? _kafka;
    private PostgresServer? _postgres;
    private FaultProxy? _network;
    private DeliveryNetworks? _networks;
    private EdgeProcess? _edge;
    private CloudProcess? _bridge;
    private CloudProcess? _sink;
    private StoreFollower? _follower;
    private StoreOptions _store = new();
    private TaskCompletionSource _mosquittoUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _port;

    private DeliveryRig(DeliverySetup setup, KafkaBroker? shared)
    {
        Setup = setup;
        _shared = shared;
    }

    public DeliverySetup Setup { get; }

    public DeliveryGate Gate { get; } = new();

    /// <summary>Each node's events, in the order in which they were made.</summary>
    public IReadOnlyList<IReadOnlyList<SensorEvent>> Nodes => _nodes;

    /// <summary>Port of the broker that producers publish to.</summary>
    public int MqttPort => _port;

    public EdgeProcess Edge => _edge ?? throw new InvalidOperationException("The producers are publishers in this process.");

    /// <summary>Reads the MQTT broker; with <see cref="DeliveryPath.Embedded"/> the whole tier.</summary>
    public CloudProcess Bridge => _bridge!;

    /// <summary>Writes the store and serves the query API; with <see cref="DeliveryPath.Embedded"/> the whole tier.</summary>
    public CloudProcess Sink => _sink!;

    public KafkaBroker Kafka => _kafka ?? throw new InvalidOperationException("This path has no Kafka.");

    public PostgresServer Postgres => _postgres ?? throw new InvalidOperationException("This store is SQLite.");

    /// <summary>What lies between Mosquitto and the bridge.</summary>
    public FaultProxy Network => _network ?? throw new InvalidOperationException("The bridge reaches Mosquitto directly.");

    /// <summary>In which edge node, Mosquitto and bridge are.</summary>
    public DeliveryNetworks Networks => _networks ?? throw new InvalidOperationException("All are in the machine's own network.");

    /// <summary>Which Kafka there is: broker, mock or none.</summary>
    public string KafkaKind => _kafka is null ? "none" : _kafka.HasController ? "broker" : "mock";

    /// <summary>Starts everything.</summary>
    /// <param name="setup">What to start; <see cref="DeliverySetup.Missing"/> must be null.</param>
    /// <param name="events">Events of all producers together.</param>
    /// <param name="cancellation">Of the start.</param>
    /// <param name="shared">A Kafka for setups that need none of their own; left running. Absent: one is started.</param>
    public static async Task<DeliveryRig> StartAsync(
        DeliverySetup setup, int events, CancellationToken cancellation, KafkaBroker? shared = null)
    {
        var rig = new DeliveryRig(setup, shared);
        try
        {
            await rig.StartAsync(events, cancellation);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the bridge, again after a kill, and waits until it reads the broker.</summary>
    public Task StartBridgeAsync(CancellationToken cancellation) =>
        Bridge.StartAsync(cancellation, Setup.Path == DeliveryPath.Embedded ? null : "Reads the MQTT broker");

    /// <summary>Ends Mosquitto.</summary>
    /// <param name="hard">True: SIGKILL, and what it had not written down is gone; false: SIGTERM.</param>
    /// <param name="cancellation">Of the wait for its end.</param>
    public async Task EndMosquittoAsync(bool hard, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _mosquittoUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await (hard ? _mosquitto!.KillAsync() : _mosquitto!.StopAsync(cancellation));
    }

    public async Task StartMosquittoAsync(CancellationToken cancellation)
    {
        await _mosquitto!.StartAsync(cancellation);
        lock (_lock)
        {
            _mosquittoUp.SetResult();
        }
    }

    /// <summary>Completes while producers can connect.</summary>
    public Task BrokerUp()
    {
        lock (_lock)
        {
            return Setup.Path == DeliveryPath.Embedded ? Bridge.Up : _mosquittoUp.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var failed = new List<Exception>();
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _edge, _follower, _bridge, _sink, _network, _mosquitto, _networks, _kafka == _shared ? null : _kafka, _postgres })
        {
            try
            {
                if (part is not null)
                {
                    await part.DisposeAsync();
                }
            }
#pragma warning disable CA1031 // A process that is left running disturbs every test after this one.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failed.Add(error);
            }
        }

        _folder.Dispose();
        if (failed.Count > 0)
        {
            throw new AggregateException(failed);
        }
    }

    private async Task StartAsync(int events, CancellationToken cancellation)
    {
        if (Setup.Postgres)
        {
            _postgres = await PostgresServer.StartAsync(cancellation);
            string database = await _postgres.CreateDatabaseAsync(cancellation);
            _store = _store with { Postgres = new PostgresOptions { Host = "127.0.0.1", Port = _postgres.Port, Database = database, User = PostgresServer.User } };
        }
        else
        {
            _store = _store with { Path = _folder["cloud.db"] };
        }

        if (Setup.Path == DeliveryPath.Embedded)
        {
            _port = LoopbackPort.Free();
            _bridge = _sink = await CloudProcess.CreateAsync(_folder["cloud.json"], new JsonObject { ["mqtt"] = new JsonObject { ["embedded"] = new JsonObject { ["port"] = _port } }, ["store"] = Store() }, cancellation);
            await _bridge.StartAsync(cancellation);
        }
        else
        {
            await StartChainAsync(cancellation);
        }

        StartProducers(events);
        _follower = new StoreFollower(() => Sink.Up, _nodes.SelectMany(node => node).Select(item => item.Source.Source).Distinct());
    }

    private void StartProducers(int events)
    {
        if (Setup.Edge is { } edge)
        {
            _edge = new EdgeProcess(edge, events, Gate, _networks?.EdgeLink.FarAddress ?? "127.0.0.1", _port, _networks?.Edge.Command);
            _nodes.Add(_edge.Events);
            _edge.Start();
        }
        else
        {
            _nodes.Add(DeliveryEvents.Create("node-a", 3, events - (events / 2)));
            _nodes.Add(DeliveryEvents.Create("node-b", 2, events / 2));
        }
    }

    private JsonObject Store()
    {
        var store = new JsonObject { ["retention"] = new JsonArray(new JsonObject { ["type"] = "sensing.*", ["hours"] = 0 }) };
        if (_store.Postgres is { } postgres)
        {
            store["postgres"] = new JsonObject { ["host"] = postgres.Host, ["port"] = postgres.Port, ["database"] = postgres.Database, ["user"] = postgres.User };
        }
        else
        {
            store["path"] = _store.Path;
        }

        return store;
    }
}
