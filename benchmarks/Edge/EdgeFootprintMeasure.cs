using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.Testing;

namespace Sensing.Benchmarks.Edge;

/// <summary>What the published edge node takes of the machine with one fibre.</summary>
public sealed class EdgeFootprintMeasure : IMeasure
{
    public string Name => "edge-footprint";

    public string Summary => "Memory, time to start and size of the edge node, published as docs/edge-node.md says.";

    public string Inputs => "--seconds 30 (until memory is read), --starts 5; fibre of 100 channels at 100 Hz";

    public string Duration => "6 minutes, most of it for publishing";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        double seconds = options.Number("seconds", 30);
        int starts = options.Whole("starts", 5);
        options.NothingElse();
        if (starts < 1)
        {
            throw new MeasureException("--starts must be 1 or more.");
        }

        if (PublishedNode.Missing is { } missing)
        {
            throw new MeasureException(missing);
        }

        using var folder = new TemporaryFolder();
        output.WriteLine(PublishedNode.Command("linux-x64"));
        string published = await PublishedNode.PublishAsync("linux-x64", folder["linux-x64"], cancellation);
        double publishMb = Megabytes(folder["linux-x64"]);
        double? arm64Mb = await Arm64Async(folder["linux-arm64"], output, cancellation);

        await using var rig = new EdgeRig();
        string node = await rig.StartAsync("""{ "type": "synthetic", "live": true }""", "", cancellation);
        var startMs = new List<double>();
        double residentMb = 0;
        for (int start = 1; start <= starts; start++)
        {
            var watch = Stopwatch.StartNew();
            await using ProgramProcess program = ProgramProcess.StartCommand([published, "run", node]);
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
        output.WriteLine($"{"published, linux-x64",-26}{publishMb,8:F1} MB");
        return new JsonObject
        {
            ["idle_rss_mb"] = Math.Round(residentMb, 1),
            ["start_ms"] = Math.Round(median),
            ["publish_mb"] = Math.Round(publishMb, 1),
            ["publish_arm64_mb"] = arm64Mb is { } mb ? Math.Round(mb, 1) : null,
            ["starts"] = starts,
        };
    }

    /// <summary>Only the size: there is nothing here to run it on.</summary>
    private static async Task<double?> Arm64Async(string folder, TextWriter output, CancellationToken cancellation)
    {
        if (PublishedNode.MissingForArm64 is { } missing)
        {
            output.WriteLine(missing);
            return null;
        }

        output.WriteLine(PublishedNode.Command("linux-arm64"));
        await PublishedNode.PublishAsync("linux-arm64", folder, cancellation);
        double size = Megabytes(folder);
        output.WriteLine($"{"published, linux-arm64",-26}{size,8:F1} MB");
        return size;
    }

    private static double Megabytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;
}
