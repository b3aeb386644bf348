using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>From an event's commit in the outbox of an edge node, through its publisher, Mosquitto, bridge, Kafka and
/// sink, to its commit in
/// SQLite, at a given rate that several nodes share.</summary>
public static class ChainLatency
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(120);

    /// <summary>Measures one rate.</summary>
    /// <param name="kafka">Between bridge and sink.</param>
    /// <param name="rate">Events a second.</param>
    /// <param name="nodes">Edge nodes.</param>
    /// <param name="length">How long, after half as long at the same rate for warming up.</param>
    /// <param name="inFlight">What Mosquitto sends to the bridge ahead of acknowledgements.</param>
    /// <param name="output">Where missing events are reported.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<StoreLatency.Result> RunAsync(
        KafkaBroker kafka, double rate, int nodes, TimeSpan length, int inFlight, TextWriter output, CancellationToken cancellation)
    {
        await using SpeedRig rig = await SpeedRig.StartAsync(kafka, inFlight, sink: true, cancellation);
        await using var edge = new EdgeOutboxes(nodes, rig.Mosquitto.Port);
        int events = Whole(rate * length.TotalSeconds);
        int warmUp = Whole(rate * length.TotalSeconds / 2);
        await edge.AppendAsync(warmUp, rate, cancellation);
        HistogramReading before = await rig.StoredAsync(warmUp, Stall, output, cancellation);
        ProcessorUse spent = ProcessorUse.Of(rig, kafka);
        double committed = await edge.AppendAsync(events, rate, cancellation);
        HistogramReading times = (await rig.StoredAsync(warmUp + events, Stall, output, cancellation)).Since(before);
        spent = ProcessorUse.Of(rig, kafka).Since(spent, events);
        return StoreLatency.Result.Of(rate, committed, times, events, warmUp + events - (long)(before.Count + times.Count), spent);

        // The same number for each node.
        int Whole(double count) => (int)count / nodes * nodes;
    }
}
