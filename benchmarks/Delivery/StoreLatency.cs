using System.Diagnostics;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>From an event's commit to its commit in the store, through Mosquitto, bridge, Kafka, sink and SQLite, at a
/// given rate.</summary>
/// <remarks>The publisher stamps <c>sensingcommitted</c> when it sends; the sink compares it with its clock after the
/// store's commit, in the
/// histogram that every installation has.</remarks>
public static class StoreLatency
{
    private const double GoalSeconds = 0.25;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(120);

    /// <summary>What one rate gave.</summary>
    /// <param name="Offered">Events a second that were to be published.</param>
    /// <param name="Published">Events a second that were published.</param>
    /// <param name="P50">Median, s.</param>
    /// <param name="P99">99th percentile, s.</param>
    /// <param name="WithinGoal">Share of the events that took at most 250 ms.</param>
    /// <param name="Missing">Events that were published and not stored two minutes after the last one.</param>
    /// <param name="Use">Processor time an event.</param>
    public sealed record Result(double Offered, double Published, double P50, double P99, double WithinGoal, long Missing, ProcessorUse Use)
    {
        /// <summary>Whether the chain keeps up with the rate and stays under the goal.</summary>
        public bool Holds => P99 < GoalSeconds && Published > 0.98 * Offered && Missing == 0;

        /// <param name="offered">Events a second that were to be published.</param>
        /// <param name="published">Events a second that were.</param>
        /// <param name="times">Of the events that were stored.</param>
        /// <param name="events">How many were published.</param>
        /// <param name="missing">How many did not come.</param>
        /// <param name="use">Processor time an event.</param>
        public static Result Of(double offered, double published, HistogramReading times, int events, long missing, ProcessorUse use) => new(
            offered, published, times.Quantile(0.5), times.Quantile(0.99), times.ShareUpTo(GoalSeconds) * times.Count / events, missing, use);

        public static void WriteHeader(TextWriter output)
        {
            output.Write($"{"offered/s",-10}{"published/s",12}{"p50 ms",9}{"p99 ms",9}{"in 250 ms",11}{"missing",9}   µs an event: ");
            output.WriteLine($"{"bridge",7}{"Mosquitto",11}{"Kafka",7}{"sink",7}{"publisher",11}{"all",7}");
        }

        public void Write(TextWriter output)
        {
            output.Write($"{Offered,-10:F0}{Published,12:F0}{P50 * 1000,9:F0}{P99 * 1000,9:F0}{WithinGoal,11:P2}{Missing,9}{"",16}");
            output.WriteLine($"{Use.Bridge,7:F1}{Use.Mosquitto,11:F1}{Use.Kafka,7:F1}{Use.Sink,7:F1}{Use.Publisher,11:F1}{Use.Sum,7:F1}");
        }
    }

    /// <summary>With those for warming up they fit into one array, which holds 2 GiB; at very high rates the time is
    /// shorter instead.</summary>
    private const int MostEvents = 1_350_000;

    /// <summary>Measures one rate.</summary>
    /// <param name="kafka">Between bridge and sink.</param>
    /// <param name="rate">Events a second.</param>
    /// <param name="length">How long, after as long at the same rate for warming up.</param>
    /// <param name="inFlight">What Mosquitto sends to the bridge ahead of acknowledgements.</param>
    /// <param name="output">Told where events do not come.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Result> RunAsync(KafkaBroker kafka, double rate, TimeSpan length, int inFlight, TextWriter output, CancellationToken cancellation)
    {
        await using SpeedRig rig = await SpeedRig.StartAsync(kafka, inFlight, sink: true, cancellation);
        await using PacketPublisher publisher = await rig.PublisherAsync(cancellation);
        int events = (int)Math.Min(rate * length.TotalSeconds, MostEvents);
        var packets = new PublishPackets(DeliveryEvents.Create("latency", 8, 2 * events));
        int warmUp = events;
        await PublishAsync(publisher, packets, 0, warmUp, rate, cancellation);
        HistogramReading before = await rig.StoredAsync(warmUp, Stall, output, cancellation);
        ProcessorUse spent = ProcessorUse.Of(rig, kafka);
        double published = await PublishAsync(publisher, packets, warmUp, events, rate, cancellation);
        HistogramReading times = (await rig.StoredAsync(packets.Count, Stall, output, cancellation)).Since(before);
        spent = ProcessorUse.Of(rig, kafka).Since(spent, events);
        long missing = packets.Count - (long)(before.Count + times.Count);
        return Result.Of(rate, published, times, events, missing, spent);
    }

    /// <returns>Events a second that it came to.</returns>
    private static async Task<double> PublishAsync(PacketPublisher publisher, PublishPackets packets, int from, int count, double rate, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Tick);
        var watch = Stopwatch.StartNew();
        for (int sent = 0; sent < count; await timer.WaitForNextTickAsync(cancellation))
        {
            int due = (int)Math.Min(count, watch.Elapsed.TotalSeconds * rate) - sent;
            await publisher.SendAsync(packets, from + sent, due, cancellation);
            sent += due;
        }

        await publisher.DrainAsync(cancellation);
        return count / watch.Elapsed.TotalSeconds;
    }
}
