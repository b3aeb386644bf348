using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Benchmarks.Cloud;
using Sensing.Benchmarks.Edge;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>How fast the delivery chain is, each part beside something that everybody has: plain <c>mosquitto_sub</c>, a plain COPY.</summary>
public sealed class DeliverySpeedMeasure : IMeasure
{
    /// <summary>Rates for the time to the store, as shares of the bridge's: from half of it down until one is held.</summary>
    private static readonly double[] Shares = [0.5, 0.4, 0.3, 0.2, 0.1, 0.05];

    public string Name => "delivery-speed";

    public string Summary => "The bridge against mosquitto_sub, its memory under a soak, commit-to-store p99, the rate that the whole chain holds, outbox commits a second, sink against COPY.";

    public string Inputs =>
        "--events 50000 (backlog of a round), --rounds 16 (even, so that each is first as often), --inflight 4000 (of Mosquitto and the bridge), --soak-minutes 10, --latency-seconds 30, "
        + "--rates 20000,30000 (events a second for the latency, in place of shares of the bridge's), "
        + "--nodes 4 (edge nodes of the chain), --only drain,soak,latency,chain,edge,outbox,sink; mosquitto, mosquitto-clients, PostgreSQL, ../shared/kafka with Java";

    public string Duration => "25 minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int events = options.Whole("events", 50_000);
        int rounds = options.Whole("rounds", 16);
        int inFlight = options.Whole("inflight", 4000);
        double soak = options.Number("soak-minutes", 10);
        double latency = options.Number("latency-seconds", 30);
        int nodes = options.Whole("nodes", 4);
        double[] rates = [.. (options.Text("rates")?.Split(',') ?? []).Select(Rate)];
        string[] parts = ["drain", "soak", "latency", "chain", "edge", "outbox", "sink"];
        string[] only = options.Text("only")?.Split(',') ?? parts;
        options.NothingElse();
        if (events < 1000 || rounds < 1 || inFlight is < 1 or > 65_535 || soak <= 0 || latency < 1 || nodes < 1 || only.Except(parts).Any())
        {
            throw new MeasureException(
                $"--events must be 1000 or more, --rounds 1 or more, --inflight 1 to 65535, --soak-minutes more than 0, --latency-seconds 1 or more, --nodes 1 or more, --only some of {string.Join(',', parts)}.");
        }

        if (!MosquittoBroker.IsInstalled || !PlainSubscriber.IsInstalled)
        {
            throw new MeasureException("Mosquitto or its clients are not installed (Debian: apt-get install mosquitto mosquitto-clients).");
        }

        var result = new JsonObject();
        if (only.Intersect(parts[..5]).Any())
        {
            await BrokersAsync(
                only, events, rounds, inFlight, nodes, TimeSpan.FromMinutes(soak), TimeSpan.FromSeconds(latency), rates, result, output, cancellation);
        }

        if (only.Contains("outbox"))
        {
            JsonObject outbox = await new EdgeOutboxMeasure().RunAsync(new MeasureOptions([]), output, cancellation);
            result["outbox_events_per_s"] = outbox["append_per_s"]!.DeepClone();
        }

        if (only.Contains("sink"))
        {
            SinkOverCopy.Result sink = await SinkOverCopy.RunAsync(40_000, 2000, 300, 3, cancellation);
            output.WriteLine($"sink {sink.SinkPerSecond:F0} rows/s, plain COPY {sink.CopyPerSecond:F0} rows/s");
            result["sink_over_copy"] = Math.Round(sink.Ratio, 3);
            result["sink_per_s"] = Math.Round(sink.SinkPerSecond);
            result["copy_per_s"] = Math.Round(sink.CopyPerSecond);
        }

        return result;
    }

    private static async Task BrokersAsync(
        string[] only, int events, int rounds, int inFlight, int nodes, TimeSpan soak, TimeSpan latency, double[] rates, JsonObject result,
        TextWriter output, CancellationToken cancellation)
    {
        await using KafkaBroker kafka = await ShortLivedKafka.StartAsync(cancellation);
        result["kafka"] = kafka.HasController ? "broker" : "mock";
        var packets = new PublishPackets(DeliveryEvents.Create("speed", 8, events));
        result["packet_bytes"] = Math.Round(packets.MeanBytes);
        result["inflight"] = inFlight;

        // The rate that the latency's goal is for: the first of those given, else half of what the soak sustains, or of what the bridge drains at.
        double goal = rates.FirstOrDefault();
        bool isGiven = rates.Length > 0;

        // Half of the bridge's rate is to be known for the latency, unless rates are given. One round is enough for that, and no figure.
        bool isDrain = only.Contains("drain");
        if (isDrain || (only.Contains("latency") && !isGiven))
        {
            DrainRounds.Result drain = await DrainRounds.RunAsync(kafka, packets, isDrain ? rounds : 1, inFlight, output, cancellation);
            if (!isGiven)
            {
                rates = [.. Shares.Select(share => share * drain.BridgePerSecond)];
                goal = rates[0];
            }

            if (isDrain)
            {
                Write(drain, result);
            }
        }

        if (only.Contains("soak"))
        {
            BridgeSoak.Result found = await BridgeSoak.RunAsync(kafka, packets, soak, inFlight, output, cancellation);
            result["rss_mb_start"] = Math.Round(found.Start, 1);
            result["rss_mb_end"] = Math.Round(found.End, 1);
            result["rss_mb_highest"] = Math.Round(found.Highest, 1);
            result["soak_minutes"] = Math.Round(found.Seconds / 60, 2);
            result["soak_per_s"] = Math.Round(found.PerSecond);
            if (!isGiven)
            {
                goal = Shares[0] * found.PerSecond;
                rates = [.. rates.Append(goal).OrderDescending()];
            }
        }

        if (only.Contains("latency"))
        {
            await LatencyAsync(kafka, rates, goal, latency, inFlight, result, output, cancellation);
        }

        if (only.Contains("chain"))
        {
            await ChainRates.RunAsync(kafka, nodes, latency, inFlight, result, output, cancellation);
        }

        if (only.Contains("edge"))
        {
            EdgeLatency.Result edge = await EdgeLatency.RunAsync(kafka, latency, inFlight, output, cancellation);
            output.WriteLine($"an edge node's outbox to the store at {edge.PerSecond:F0} events/s: p50 {edge.P50 * 1000:F0} ms, p99 {edge.P99 * 1000:F0} ms");
            result["edge_per_s"] = Math.Round(edge.PerSecond);
            result["edge_commit_to_store_p50_ms"] = Math.Round(edge.P50 * 1000, 1);
            result["edge_commit_to_store_p99_ms"] = Math.Round(edge.P99 * 1000, 1);
        }
    }

    private static void Write(DrainRounds.Result drain, JsonObject result)
    {
        result["bridge_over_raw"] = Math.Round(drain.Ratio, 3);
        result["bridge_per_s"] = Math.Round(drain.BridgePerSecond);
        result["raw_per_s"] = Math.Round(drain.PlainPerSecond);
        result["bridge_us_per_event"] = Math.Round(drain.BridgeMicroseconds, 2);
        result["mosquitto_us_per_event"] = Math.Round(drain.MosquittoMicroseconds, 2);
        result["kafka_us_per_event"] = Math.Round(drain.KafkaMicroseconds, 2);
    }

    /// <summary>Each rate in turn, until the one that the goal is for has been measured and one has been held.</summary>
    private static async Task LatencyAsync(
        KafkaBroker kafka, double[] rates, double goal, TimeSpan length, int inFlight, JsonObject result, TextWriter output, CancellationToken cancellation)
    {
        StoreLatency.Result.WriteHeader(output);
        for (int i = 0; i < rates.Length && !(result.ContainsKey("held_per_s") && rates[i] < goal); i++)
        {
            StoreLatency.Result found = await StoreLatency.RunAsync(kafka, rates[i], length, inFlight, output, cancellation);
            found.Write(output);
            if (i == 0)
            {
                // Half of what the bridge drains at, unless rates are given.
                result["highest_per_s"] = Math.Round(found.Offered);
                result["highest_p99_ms"] = Math.Round(found.P99 * 1000, 1);
            }

            if (rates[i] == goal)
            {
                result["commit_to_store_p99_ms"] = Math.Round(found.P99 * 1000, 1);
                result["commit_to_store_p50_ms"] = Math.Round(found.P50 * 1000, 1);
                result["commit_to_store_offered_per_s"] = Math.Round(found.Offered);
                result["commit_to_store_published_per_s"] = Math.Round(found.Published);
                result["commit_to_store_within_250_ms"] = Math.Round(found.WithinGoal, 5);
                result["commit_to_store_missing"] = found.Missing;
                result["sink_us_per_event"] = Math.Round(found.Use.Sink, 2);
                result["latency_us_per_event"] = Math.Round(found.Use.Sum, 2);
            }

            if (found.Holds && !result.ContainsKey("held_per_s"))
            {
                result["held_per_s"] = Math.Round(found.Offered);
                result["held_p99_ms"] = Math.Round(found.P99 * 1000, 1);
            }
        }
    }

    private static double Rate(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate >= 1
        ? rate
        : throw new MeasureException($"--rates must be events a second, as in 20000,30000, not '{text}'.");
}
