using System.Text.Json.Nodes;
using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>The highest rate that the whole chain holds: from the rate that its goal is for upwards while it holds, or
/// downwards until it does.</summary>
public static class ChainRates
{
    private const double Goal = 20_000;

    private static readonly double[] Above = [25_000, 30_000, 35_000, 40_000];
    private static readonly double[] Below = [15_000, 10_000, 5000, 2000, 1000];

    /// <param name="kafka">Between bridge and sink.</param>
    /// <param name="nodes">Edge nodes that share the load.</param>
    /// <param name="length">Of one rate.</param>
    /// <param name="inFlight">What Mosquitto sends to the bridge ahead of acknowledgements.</param>
    /// <param name="result">Where the figures go.</param>
    /// <param name="output">A line a rate.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task RunAsync(
        KafkaBroker kafka, int nodes, TimeSpan length, int inFlight, JsonObject result, TextWriter output, CancellationToken cancellation)
    {
        output.WriteLine($"from the outboxes of {nodes} edge nodes to the store");
        StoreLatency.Result.WriteHeader(output);
        StoreLatency.Result goal = await MeasureAsync(Goal);
        result["chain_nodes"] = nodes;
        result["chain_p50_ms"] = Math.Round(goal.P50 * 1000, 1);
        result["chain_p99_ms"] = Math.Round(goal.P99 * 1000, 1);
        result["chain_within_250_ms"] = Math.Round(goal.WithinGoal, 5);
        result["chain_missing"] = goal.Missing;
        result["chain_edge_us_per_event"] = Math.Round(goal.Use.Publisher, 2);
        result["chain_us_per_event"] = Math.Round(goal.Use.Sum, 2);
        double held = goal.Holds ? Goal : 0;
        foreach (double rate in goal.Holds ? Above : Below)
        {
            bool holds = (await MeasureAsync(rate)).Holds;
            held = holds ? rate : held;
            if (holds != goal.Holds)
            {
                break;
            }
        }

        result["chain_events_per_s"] = held;

        async Task<StoreLatency.Result> MeasureAsync(double rate)
        {
            StoreLatency.Result found = await ChainLatency.RunAsync(kafka, rate, nodes, length, inFlight, output, cancellation);
            found.Write(output);
            return found;
        }
    }
}
