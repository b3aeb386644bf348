using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.Das;
using Sensing.Das.Synthetic;

namespace Sensing.Benchmarks.Das;

/// <summary>How long after a vehicle has left the section its event comes.</summary>
/// <remarks>Event time: how much of the recording had been read when the event came, less when the vehicle left the section
/// (in the truth). Blocks are as long as a live source hands them on; the time that the computation takes for the block is added.</remarks>
internal sealed class DasLatencyMeasure : IMeasure
{
    /// <summary>Apart from the seeds that the chain was tuned on (100 to 119, 200 to 214) and those that it is scored on.</summary>
    private const int FirstSeed = 3000;

    public string Name => "das-latency";

    public string Summary => "Time from a vehicle leaving the section to its event: event time and computation.";

    public string Inputs => "--seeds N --seconds S --block S";

    public string Duration => "a minute";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int seeds = options.Whole("seeds", 5);
        double seconds = options.Number("seconds", 300), blockSeconds = options.Number("block", 0.5);
        options.NothingElse();
        var waits = new List<double>();
        double busy = 0;
        for (int seed = FirstSeed; seed < FirstSeed + seeds; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            var road = new SyntheticScenario(new SyntheticOptions { Scenario = "opposing", Seed = seed, SnrDb = 6 });
            SyntheticTruth truth = road.Truth(seconds);
            var watch = new Stopwatch();
            List<ReportedVehicle> reports = await RecordedVehicles.RunAsync(
                new DasPipeline(DasOptions.Highway, RecordedVehicles.Address), Timed(road, seconds, blockSeconds, watch));
            busy += watch.Elapsed.TotalSeconds;
            waits.AddRange(SyntheticScore.Of(truth, reports, 0.6).Pairs
                .Where(p => p.Report.LeftSeconds < seconds - 0.01)
                .Select(p => p.Report.LeftSeconds - p.Truth.EndSeconds));
        }

        double computing = busy / (seeds * seconds) * blockSeconds;
        double[] sorted = [.. waits.Select(w => w + computing).Order()];
        if (sorted.Length == 0)
        {
            throw new MeasureException("no vehicle left the section: measure more seconds.");
        }

        double At(double share) => Math.Round(sorted[(int)Math.Round(share * (sorted.Length - 1))], 3);
        output.WriteLine(FormattableString.Invariant($"{sorted.Length} vehicles; median {At(0.5)} s, p95 {At(0.95)} s, of it {computing:0.0000} s of computation for a block"));
        return new JsonObject
        {
            ["median_s"] = At(0.5),
            ["p95_s"] = At(0.95),
            ["max_s"] = At(1),
            ["vehicles"] = sorted.Length,
            ["computing_s"] = Math.Round(computing, 5),
        };
    }

    /// <summary>Blocks; the watch runs while the chain works on one.</summary>
    private static async IAsyncEnumerable<DasBlock> Timed(SyntheticScenario road, double seconds, double blockSeconds, Stopwatch watch)
    {
        foreach (DasBlock block in road.Blocks(seconds, blockSeconds))
        {
            watch.Start();
            yield return block;
            watch.Stop();
        }

        await Task.CompletedTask;
    }
}
