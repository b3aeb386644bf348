using System.Text.Json.Nodes;
using Sensing.Testing;
using Sensing.Testing.Browser;

namespace Sensing.Benchmarks.Pages;

/// <summary>How long a person waits for a page of the standalone that the browser has never seen.</summary>
public sealed class PageFirstView : IMeasure
{
    /// <summary>When the page set its mark, ms since the navigation began; waits for it.</summary>
    private const string FirstData = """
        () => new Promise(done => new PerformanceObserver(list =>
          list.getEntriesByName('first-data').forEach(mark => done(mark.startTime))).observe({ type: 'mark', buffered: true }))
        """;

    private static readonly (string Figure, string Path)[] Pages = [("overview", "/"), ("fibre", "/fibre")];

    public string Name => "page-first-view";

    public string Summary => "From opening a page of the standalone, nothing cached, to its data drawn, in headless Chromium.";

    public string Inputs => "--views 10 (of each page), --vehicles 5 (stored before the first view); made-up road in real time";

    public string Duration => "2 minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int views = options.Whole("views", 10);
        int vehicles = options.Whole("vehicles", 5);
        options.NothingElse();
        if (views < 1)
        {
            throw new MeasureException("--views must be 1 or more.");
        }

        await using ChromiumBrowser browser = await ChromiumBrowser.LaunchAsync() ?? throw new MeasureException($"{ChromiumBrowser.Missing}.");
        using var folder = new TemporaryFolder();
        await using ProgramProcess standalone = ProgramProcess.Start("standalone", ["--data", folder["data"], "--listen", "http://127.0.0.1:0"]);
        var address = new Uri((await standalone.WaitForLineAsync(@"live page\s+(http://127\.0\.0\.1:\d+/)", cancellation)).Groups[1].Value);
        output.WriteLine($"waiting for {vehicles} vehicles on {address}");
        await WaitForVehiclesAsync(address, vehicles, cancellation);

        var result = new JsonObject { ["views"] = views };
        foreach ((string figure, string path) in Pages)
        {
            var milliseconds = new List<double>();
            for (int view = 0; view < views; view++)
            {
                await using WatchedPage watched = await browser.OpenAsync();
                await watched.Page.GotoAsync(new Uri(address, path).ToString());
                milliseconds.Add(await watched.Page.EvaluateAsync<double>(FirstData));
            }

            double[] sorted = [.. milliseconds.Order()];
            output.WriteLine($"{figure,-10} median {sorted[sorted.Length / 2],6:0} ms, slowest {sorted[^1],6:0} ms");
            result[figure + "_median_ms"] = Math.Round(sorted[sorted.Length / 2]);
            result[figure + "_slowest_ms"] = Math.Round(sorted[^1]);
        }

        return result;
    }

    private static async Task WaitForVehiclesAsync(Uri address, int vehicles, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        await using Stream live = await http.GetStreamAsync(new Uri(address, "/api/v1/live?type=sensing.das.vehicle.v1&after=0"), cancellation);
        using var reader = new StreamReader(live);
        for (int seen = 0; seen < vehicles;)
        {
            string line = await reader.ReadLineAsync(cancellation) ?? throw new MeasureException("the standalone closed its live feed.");
            seen += line.StartsWith("data:", StringComparison.Ordinal) ? 1 : 0;
        }
    }
}
