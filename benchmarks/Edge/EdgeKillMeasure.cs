using System.Text;
using System.Text.Json.Nodes;
using Sensing.CloudIngest;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Sqlite;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.Benchmarks.Edge;

/// <summary>Kills the edge node again and again while it works, and counts what the store holds in the end.</summary>
public sealed class EdgeKillMeasure : IMeasure
{
    public string Name => "edge-kill";

    public string Summary => "SIGKILL to the edge node at random instants: events in the store against those of an undisturbed replay.";

    public string Inputs => "--kills 20, --seconds 600 (of synthetic fibre), --speed 20 (× real time), --seed 1";

    public string Duration => "1 to 3 minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int kills = options.Whole("kills", 20);
        double seconds = options.Number("seconds", 600);
        double speed = options.Number("speed", 20);
        var random = new Random(options.Whole("seed", 1));
        options.NothingElse();
        await using var rig = new EdgeRig();
        string source = FormattableString.Invariant($"{{ \"type\": \"synthetic\", \"durationSeconds\": {seconds} }}");
        string node = await rig.StartAsync(source, FormattableString.Invariant($"\"pace\": \"{speed}x\","), cancellation);
        string[] expected = await ReplayAsync(rig, seconds, cancellation);
        for (int kill = 0; kill < kills; kill++)
        {
            await using ProgramProcess program = ProgramProcess.Start("edge-node", ["run", node]);

            // From the middle of its start to well into its work; together the runs take about the whole recording.
            double milliseconds = 100 + (random.NextDouble() * 1000 * Math.Max(1, 2 * seconds / speed / Math.Max(1, kills)));
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellation);
            if (program.HasExited)
            {
                await program.SucceedAsync(cancellation);
            }

            program.Kill();
        }

        await using (ProgramProcess last = ProgramProcess.Start("edge-node", ["run", node, "--until-finished", "--set", "streams[0].pace=max"]))
        {
            await last.SucceedAsync(cancellation);
        }

        await rig.StopCloudAsync();
        string[] stored = await ReadAsync(rig.StoreFile, cancellation);
        string[] distinct = [.. stored.Distinct(StringComparer.Ordinal)];
        var figures = new (string Name, int Value)[]
        {
            ("kills", kills),
            ("expected", expected.Length),
            ("stored", stored.Length),
            ("missing", expected.Except(distinct, StringComparer.Ordinal).Count()),
            ("duplicated", stored.Length - distinct.Length),
            ("foreign", distinct.Except(expected, StringComparer.Ordinal).Count()),
        };
        var result = new JsonObject();
        foreach ((string name, int value) in figures)
        {
            output.WriteLine($"{name,-12}{value,8}");
            result[name] = value;
        }

        return result;
    }

    /// <summary>Ids of what an undisturbed pipeline makes of the same fibre.</summary>
    private static async Task<string[]> ReplayAsync(EdgeRig rig, double seconds, CancellationToken cancellation)
    {
        string file = rig["expected.ndjson"];
        await using (ProgramProcess replay = ProgramProcess.Start(
            "edge-node", ["replay", "-", "--pipeline", "das", "--source", "synthetic", "--address", EdgeRig.Address, "--out", file,
            "--set", FormattableString.Invariant($"source.durationSeconds={seconds}")]))
        {
            await replay.SucceedAsync(cancellation);
        }

        string[] lines = await File.ReadAllLinesAsync(file, cancellation);
        return [.. lines.Select(line => CloudEventJson.TryRead(Encoding.UTF8.GetBytes(line), CloudCatalogue.Create(), out SensorEvent? read, out string? problem)
            ? read.Id
            : throw new MeasureException($"the replay printed no event: {problem}")).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Ids of the fibre's events in the store; what the node says of itself is not the recording's.</summary>
    private static async Task<string[]> ReadAsync(string file, CancellationToken cancellation)
    {
        var ids = new List<string>();
        await using var store = new SqliteEventStore(new StoreOptions { Path = file }, CloudCatalogue.Create(), readers: 1, TimeProvider.System);
        await store.OpenAsync(cancellation);
        for (long after = 0; ;)
        {
            LivePage page = await store.ReadAfterAsync(after, SeriesFilter.All, 10_000, cancellation);
            ids.AddRange(page.Items.Where(item => item.Event.Source.Stream == "fibre").Select(item => item.Event.Id));
            after = page.Position;
            if (!page.More)
            {
                return [.. ids];
            }
        }
    }
}
