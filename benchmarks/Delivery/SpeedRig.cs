using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Mosquitto, bridge and, where it is asked for, sink with a SQLite store, each a process of its own; topics of its own in a Kafka that others share.</summary>
public sealed class SpeedRig : IAsyncDisposable
{
    private const string Acknowledged = "sensing_ingest_acknowledged_total";

    private static readonly TimeSpan LookAtStore = TimeSpan.FromMilliseconds(200);

    private readonly TemporaryFolder _folder = new();
    private readonly int _inFlight;
    private HttpClient? _bridgeHttp;
    private HttpClient? _sinkHttp;

    private SpeedRig(int inFlight) => _inFlight = inFlight;

    public MosquittoBroker Mosquitto { get; private set; } = null!;

    public CloudProcess Bridge { get; private set; } = null!;

    public CloudProcess? Sink { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="kafka">Where the bridge writes.</param>
    /// <param name="inFlight">Messages that Mosquitto sends to one client ahead of their acknowledgement, and the bridge's receive maximum.</param>
    /// <param name="sink">Whether there are a sink and a store.</param>
    /// <param name="cancellation">Of the start.</param>
    public static async Task<SpeedRig> StartAsync(KafkaBroker kafka, int inFlight, bool sink, CancellationToken cancellation)
    {
        var rig = new SpeedRig(inFlight);
        try
        {
            await rig.StartAsync(kafka, sink, cancellation);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>A publisher that is connected, with as much under way as Mosquitto allows.</summary>
    public Task<PacketPublisher> PublisherAsync(CancellationToken cancellation) => PacketPublisher.ConnectAsync(Mosquitto.Port, Math.Min(_inFlight, 1000), cancellation);

    /// <summary>Messages that the bridge has acknowledged after Kafka had acknowledged them.</summary>
    /// <exception cref="MeasureException">Some of them became dead letters, so not what was meant is measured.</exception>
    public async Task<long> AcknowledgedAsync(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, double> values = await PrometheusText.ScrapeAsync(_bridgeHttp!, cancellation);
        double letters = values.Where(value => value.Key.StartsWith("sensing_ingest_dead_letters_total", StringComparison.Ordinal)).Sum(value => value.Value);
        return letters == 0 && values["sensing_bridge_connections_total"] == 1
            ? (long)values[Acknowledged]
            : throw new MeasureException($"The bridge has made {values["sensing_bridge_connections_total"]} connections and {letters} dead letters: not what is to be measured.\n{Bridge.Output}");
    }

    /// <summary>Completes once the bridge has acknowledged <paramref name="count"/> messages since its start.</summary>
    /// <param name="count">Messages.</param>
    /// <param name="period">Time between two looks.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="MeasureException">Nothing came for a minute.</exception>
    public async Task WaitAsync(long count, TimeSpan period, CancellationToken cancellation)
    {
        long seen = -1;
        var still = Stopwatch.StartNew();
        for (long now; (now = await AcknowledgedAsync(cancellation)) < count;)
        {
            if (now > seen)
            {
                seen = now;
                still.Restart();
            }
            else if (still.Elapsed.TotalMinutes > 1)
            {
                throw new MeasureException($"The bridge has acknowledged {now} of {count}, and nothing for a minute.\n{Bridge.Output}");
            }

            await Task.Delay(period, TimeProvider.System, cancellation);
        }
    }

    /// <summary>The sink's times from commit to store, as soon as there are <paramref name="count"/> of them since its start; fewer where they do not come.</summary>
    /// <param name="count">Events.</param>
    /// <param name="within">How long it waits for them.</param>
    /// <param name="output">Told where they do not come.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<HistogramReading> StoredAsync(long count, TimeSpan within, TextWriter output, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            HistogramReading reading = HistogramReading.Of(
                await PrometheusText.ScrapeAsync(_sinkHttp!, cancellation), "sensing_delivery_commit_to_store_duration_seconds");
            if (reading.Count >= count)
            {
                return reading;
            }

            if (watch.Elapsed > within)
            {
                output.WriteLine(
                    $"{reading.Count} of {count} events are stored after {within.TotalSeconds} s of waiting; the bridge has acknowledged {await AcknowledgedAsync(cancellation)}.\n{Sink!.Output}");
                return reading;
            }

            await Task.Delay(LookAtStore, TimeProvider.System, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _bridgeHttp?.Dispose();
        _sinkHttp?.Dispose();
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { Bridge, Sink, Mosquitto })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _folder.Dispose();
    }

    private async Task StartAsync(KafkaBroker kafka, bool sink, CancellationToken cancellation)
    {
        string inFlight = _inFlight.ToString(CultureInfo.InvariantCulture);
        Mosquitto = await MosquittoBroker.StartAsync(cancellation, "allow_anonymous true", "max_queued_messages 0", $"max_inflight_messages {inFlight}");
        string prefix = KafkaBroker.NewPrefix();
        JsonObject Kafka() => new()
        {
            ["bootstrapServers"] = kafka.Servers,
            ["groupId"] = prefix + "sinks",
            ["topics"] = new JsonObject { ["prefix"] = prefix, ["create"] = kafka.HasController, ["partitions"] = 4 },
        };
        Bridge = await CloudProcess.CreateAsync(_folder["bridge.json"], new JsonObject
        {
            ["roles"] = new JsonArray("bridge"),
            ["mqtt"] = new JsonObject { ["external"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = Mosquitto.Port, ["receiveMaximum"] = _inFlight } },
            ["kafka"] = Kafka(),
        }, cancellation);
        await Bridge.StartAsync(cancellation, "Reads the MQTT broker");
        _bridgeHttp = new HttpClient { BaseAddress = await Bridge.Up };
        if (sink)
        {
            Sink = await CloudProcess.CreateAsync(_folder["sink.json"], new JsonObject
            {
                ["roles"] = new JsonArray("sink", "query"),
                ["kafka"] = Kafka(),
                ["store"] = new JsonObject
                {
                    ["path"] = _folder["cloud.db"],
                    ["retention"] = new JsonArray(new JsonObject { ["type"] = "sensing.*", ["hours"] = 0 }),
                },
            }, cancellation);
            await Sink.StartAsync(cancellation);
            _sinkHttp = new HttpClient { BaseAddress = await Sink.Up };
        }
    }
}
