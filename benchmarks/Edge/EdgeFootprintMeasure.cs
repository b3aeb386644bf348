using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.Testing;

namespace Sensing.Benchmarks.Edge;

/// <summary>What the edge node takes on the machine with one fibre.</summary>
public sealed class EdgeFootprintMeasure : IMeasure
{
    public string Name => "edge-footprint";

    public string Summary => "Resident memory of the edge node with one live fibre stream, and its time to start.";

    public string Inputs => "--seconds 30 (until the memory is looked at), --starts 5; fibre of 100 channels at 100 Hz";

    public string Duration => "1 minute";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        double seconds = options.Number("seconds", 30);
        int starts = options.Whole("starts", 5);
        options.NothingElse();
        if (starts < 1)
        {
            throw new MeasureException("--starts must be 1 or more.");
        }

        await using var rig = new EdgeRig();
        string node = await rig.StartAsync("""{ "type": "synthetic", "live": true }""", "", cancellation);
        var startMs = new List<double>();
        double residentMb = 0;
        for (int start = 1; start <= starts; start++)
        {
            var watch = Stopwatch.StartNew();
            await using ProgramProcess program = ProgramProcess.Start("edge-node", ["run", node]);
            await program.WaitForLineAsync("runs with 1 streams", cancellation);
            startMs.Add(watch.Elapsed.TotalMilliseconds);
            if (start == starts)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, cancellation);
                residentMb = program.ResidentBytes() / 1e6;
            }
        }

        double median = startMs.Order().ElementAt(startMs.Count / 2);
        output.WriteLine($"{"resident after " + seconds + " s",-26}{residentMb,8:F1} MB");
        output.WriteLine($"{"start, median of " + starts,-26}{median,8:F0} ms");
        return new JsonObject
        {
            ["idle_rss_mb"] = Math.Round(residentMb, 1),
            ["start_ms"] = Math.Round(median),
            ["starts"] = starts,
        };
    }
}
