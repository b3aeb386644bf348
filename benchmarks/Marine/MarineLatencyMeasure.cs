using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Models;

namespace Sensing.Benchmarks.Marine;

/// <summary>From the sample that shows an impact to its decision: on board, and in the cloud to which the samples are sent over a link with a delay.</summary>
public sealed class MarineLatencyMeasure : IMeasure
{
    private static readonly int[] DelaysMs = [0, 10, 25, 50, 100, 250];

    public string Name => "marine-latency";

    public string Summary => "Time to the decision of an impact: on the edge, and in the cloud by link delay.";

    public string Inputs => "--windows N a link delay (default 40)";

    public string Duration => "1 min";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int count = options.Whole("windows", 40);
        options.NothingElse();
        TrainedModel trained = ImpactTraining.Train([], seed: 1, voyages: 60, cancellation);
        byte[] file = NetworkFile.Write(trained.Network, "measured");
        var description = new ModelDescription("impacts", "0.1", Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
        int width = new WindowFeatures().Names.Count;
        using var model = new ImpactModel(description, file, width);
        using var cloud = new DelayedCloud(new ImpactModel(description, file, width));
        SimulatedWindow[] windows =
        [
            .. Enumerable.Range(0, 50).SelectMany(i => SimulatedWindows.Of(new VoyageOptions { Seed = 600_000_000 + i }, out _))
                .Where(window => window.Event is not null).Take(count + 5),
        ];

        // Both wait for the same samples; what differs is what follows.
        double waits = 1000.0 * (Segmenter.After - 1) / Segmenter.Rate;
        JsonObject edge = [], inCloud = [], edgeWorst = [], cloudWorst = [];
        var features = new WindowFeatures();
        output.WriteLine("link delay, ms    edge, ms (worst)    cloud, ms (worst)");
        foreach (int delay in DelaysMs)
        {
            var near = new List<double>();
            var far = new List<double>();
            foreach (SimulatedWindow window in windows)
            {
                long begin = Stopwatch.GetTimestamp();
                float[] here = model.Classify(features.Of(window.Motion));
                near.Add(waits + Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                begin = Stopwatch.GetTimestamp();
                float[] there = await cloud.ClassifyAsync(window.Motion, TimeSpan.FromMilliseconds(delay), cancellation);
                far.Add(waits + Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                if (!here.SequenceEqual(there))
                {
                    throw new MeasureException("edge and cloud differ on a window: the link has damaged it.");
                }
            }

            // The first ones warm up.
            double[] edgeMs = [.. near.Skip(5).Order()], cloudMs = [.. far.Skip(5).Order()];
            string name = delay.ToString(CultureInfo.InvariantCulture);
            (edge[name], inCloud[name]) = (Math.Round(edgeMs[edgeMs.Length / 2], 2), Math.Round(cloudMs[cloudMs.Length / 2], 2));
            (edgeWorst[name], cloudWorst[name]) = (Math.Round(edgeMs[^1], 2), Math.Round(cloudMs[^1], 2));
            output.WriteLine(FormattableString.Invariant(
                $"{delay,14} {edgeMs[edgeMs.Length / 2],11:0.00} ({edgeMs[^1]:0.00}) {cloudMs[cloudMs.Length / 2],13:0.00} ({cloudMs[^1]:0.00})"));
        }

        return new JsonObject { ["edge_ms"] = edge, ["cloud_ms"] = inCloud, ["edge_worst_ms"] = edgeWorst, ["cloud_worst_ms"] = cloudWorst, ["wait_for_samples_ms"] = waits };
    }
}
