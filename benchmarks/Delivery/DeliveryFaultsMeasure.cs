using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.Testing;
using Sensing.Testing.Delivery;
using Sensing.Testing.Delivery.Faults;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Breaks the delivery chain in every way it knows, and counts what the store holds afterwards.</summary>
public sealed class DeliveryFaultsMeasure : IMeasure
{
    public string Name => "delivery-faults";

    public string Summary => "Each fault of the delivery chain under load: events expected, stored, missing, duplicated, out of order.";

    public string Inputs =>
        "--events 20000 (a fault), --kills 50, --garbage-mb 1000, --away-seconds 60 (Kafka), --seed 1, --only NAME[,NAME] (mosquitto_killed only so); "
        + "mosquitto, PostgreSQL, ../shared/kafka with Java; what is not installed is skipped and named";

    public string Duration => "15 to 20 minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int events = options.Whole("events", 20_000);
        int kills = options.Whole("kills", 50);
        int garbage = options.Whole("garbage-mb", 1000);
        double away = options.Number("away-seconds", 60);
        int seed = options.Whole("seed", 1);
        string[] only = options.Text("only")?.Split(',') ?? [];
        options.NothingElse();
        if (kills < 1 || garbage < 1 || away < 0 || events / 2 <= kills)
        {
            throw new MeasureException("--kills and --garbage-mb must be 1 or more, --away-seconds 0 or more, --events more than twice --kills.");
        }

        IDeliveryFault[] faults =
        [
            new BrokerKilled(kills, seed),
            new MosquittoEnded(hard: false, Math.Min(kills, 10), seed),
            new KafkaUnreachable(TimeSpan.FromSeconds(away)),
            new KafkaKilled(Math.Min(kills, 5), seed),
            new KafkaBrokerLost(),
            new EdgeKilled(kills, seed),
            new EdgeDiskFull(Math.Clamp(events / EdgeDiskFull.EventsEach, 1, Math.Min(kills, 6))),
            new EdgeClockSteppedBack(Math.Min(kills, 5), seed),
            new BridgeKilled(kills, seed),
            new SinkKilled(kills, seed, postgres: false),
            new SinkKilled(kills, seed, postgres: true),
            new PostgresStopped(Math.Min(kills, 10), seed),
            new NetworkCut(kills, seed),
            new NetworksCut(kills, bridgeGivesUp: true, seed),
            new RepeatedAndReordered(50, seed),
            new Garbage(garbage, seed),
        ];
        if (only.Contains("mosquitto_killed"))
        {
            // Only when it is named: Mosquitto loses what it holds in memory, so this one shows a limit and not a promise.
            faults = [.. faults, new MosquittoEnded(hard: true, Math.Min(kills, 10), seed)];
        }

        if (only.Except(faults.Select(fault => fault.Name)).FirstOrDefault() is { } unknown)
        {
            throw new MeasureException($"--only {unknown}: there are {string.Join(", ", faults.Select(fault => fault.Name))}.");
        }

        return await RunAsync(faults.Where(fault => only.Length == 0 || only.Contains(fault.Name)), events, output, cancellation);
    }

    private static async Task<JsonObject> RunAsync(IEnumerable<IDeliveryFault> faults, int events, TextWriter output, CancellationToken cancellation)
    {
        var result = new JsonObject();
        var kinds = new HashSet<string>();
        var skipped = new JsonObject();
        var failed = new JsonObject();
        output.WriteLine($"{"",-28}{"expected",9}{"stored",9}{"missing",9}{"doubled",9}{"unordered",10}{"dead",7}{"s",7}");
        foreach (IDeliveryFault fault in faults)
        {
            if (fault.Setup.Missing(events) is { } missing)
            {
                output.WriteLine($"{fault.Name,-28}skipped: {missing}");
                skipped[fault.Name] = missing;
                continue;
            }

            var watch = Stopwatch.StartNew();
            DeliveryOutcome outcome;
            try
            {
                outcome = await DeliveryRig.RunAsync(fault, events, cancellation);
            }
            catch (ProgramException error)
            {
                // The others have something to say all the same.
                output.WriteLine($"{fault.Name,-28}failed: {error.Message}");
                failed[fault.Name] = error.Message.Split('\n')[0];
                continue;
            }

            DeliveryReport report = outcome.Report;
            double seconds = watch.Elapsed.TotalSeconds;
            kinds.Add(outcome.Kafka);
            output.WriteLine(
                $"{fault.Name,-28}{report.Expected,9}{report.Stored,9}{report.Missing,9}{report.Duplicated,9}{report.OutOfOrder,10}{report.DeadLetters,7}{seconds,7:F0}  {fault.Summary}");
            var counts = new JsonObject
            {
                ["expected"] = report.Expected,
                ["stored"] = report.Stored,
                ["missing"] = report.Missing,
                ["duplicated"] = report.Duplicated,
                ["out_of_order"] = report.OutOfOrder,
                ["foreign"] = report.Foreign,
                ["garbage"] = outcome.Garbage,
                ["dead_letters"] = report.DeadLetters,
                ["kafka"] = outcome.Kafka,
                ["seconds"] = Math.Round(seconds),
            };
            foreach ((string name, int value) in outcome.Counts)
            {
                counts[name] = value;
                output.WriteLine($"{"",-28}{name} {value}");
            }

            result[fault.Name] = counts;
        }

        result.Insert(0, "kafka", kinds.Contains("broker") ? "broker" : kinds.Contains("mock") ? "mock" : "none");
        foreach ((string name, JsonObject reasons) in new[] { ("skipped", skipped), (IMeasure.Failed, failed) })
        {
            if (reasons.Count > 0)
            {
                result[name] = reasons;
            }
        }

        return result;
    }
}
