using System.Text.Json.Nodes;

namespace Sensing.Benchmarks.Cloud;

/// <summary>How fast the PostgreSQL store takes events, beside a plain COPY.</summary>
public sealed class StoreCopyMeasure : IMeasure
{
    public string Name => "store-copy";

    public string Summary => "Events a second of an append to the PostgreSQL store against a plain binary COPY of the same rows, in turns.";

    public string Inputs => "--events 40000 (a round), --batch 2000, --bytes 300 (payload), --rounds 3; needs PostgreSQL installed";

    public string Duration => "30 s";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int events = options.Whole("events", 40_000);
        int batch = options.Whole("batch", 2000);
        int bytes = options.Whole("bytes", 300);
        int rounds = options.Whole("rounds", 3);
        options.NothingElse();
        if (events < 1 || batch < 1 || bytes < 1 || rounds < 1)
        {
            throw new MeasureException("--events, --batch, --bytes and --rounds must be 1 or more.");
        }

        SinkOverCopy.Result result = await SinkOverCopy.RunAsync(events, batch, bytes, rounds, cancellation);
        output.WriteLine($"{"",-12}{"rows/s",10}");
        output.WriteLine($"{"append",-12}{result.SinkPerSecond,10:F0}");
        output.WriteLine($"{"plain COPY",-12}{result.CopyPerSecond,10:F0}");
        return new JsonObject
        {
            ["sink_over_copy"] = Math.Round(result.Ratio, 3),
            ["sink_per_s"] = Math.Round(result.SinkPerSecond),
            ["copy_per_s"] = Math.Round(result.CopyPerSecond),
            ["batch"] = batch,
            ["payload_bytes"] = bytes,
            ["expected"] = (long)events * (rounds + 1),
            ["stored"] = result.Stored,
        };
    }
}
