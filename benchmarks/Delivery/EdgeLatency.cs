using System.Diagnostics;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>From an event's commit in the outbox of an edge node, through its publisher, Mosquitto, bridge, Kafka and sink, to its commit in SQLite.</summary>
/// <remarks>One node with three streams at their own pace: much for a node, little for the cloud. What the cloud bears is <see cref="StoreLatency"/>.</remarks>
public static class EdgeLatency
{
    /// <summary>About what the node's streams give, events a second: a block of two for each tick of a timer of 2 ms, which comes later than that.</summary>
    private const int Pace = 1200;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(120);

    /// <summary>What it gave.</summary>
    /// <param name="PerSecond">Events a second that were stored.</param>
    /// <param name="P50">Median, s.</param>
    /// <param name="P99">99th percentile, s.</param>
    public sealed record Result(double PerSecond, double P50, double P99);

    /// <param name="kafka">Between bridge and sink.</param>
    /// <param name="length">How long at full pace, after as long for warming up.</param>
    /// <param name="inFlight">What Mosquitto sends to the bridge ahead of acknowledgements.</param>
    /// <param name="output">Told where events do not come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MeasureException">Events do not come.</exception>
    public static async Task<Result> RunAsync(KafkaBroker kafka, TimeSpan length, int inFlight, TextWriter output, CancellationToken cancellation)
    {
        await using SpeedRig rig = await SpeedRig.StartAsync(kafka, inFlight, sink: true, cancellation);
        var gate = new DeliveryGate();
        int events = (int)(2 * Pace * length.TotalSeconds);
        await using var node = new EdgeProcess(new EdgeSetup(), events, gate, "127.0.0.1", rig.Mosquitto.Port);
        gate.Open(0.5);
        node.Start();

        // A share of each stream is rounded up or down.
        HistogramReading before = await rig.StoredAsync((events / 2) - 3, length + Stall, output, cancellation);
        var watch = Stopwatch.StartNew();
        gate.Open(1);
        await node.Finished.WaitAsync(cancellation);
        double seconds = watch.Elapsed.TotalSeconds;
        HistogramReading all = await rig.StoredAsync(events, Stall, output, cancellation);
        if (all.Count < events)
        {
            throw new MeasureException($"{all.Count} of the edge node's {events} events are stored. It said:\n{node.Output}");
        }

        HistogramReading times = all.Since(before);
        return new Result(times.Count / seconds, times.Quantile(0.5), times.Quantile(0.99));
    }
}
