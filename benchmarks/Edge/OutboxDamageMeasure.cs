using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Tests.Outbox.Damage;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.Benchmarks.Edge;

/// <summary>Damages real outboxes with known contents, kills what salvages some of them, and counts what the next
/// starts make of it.</summary>
public sealed class OutboxDamageMeasure : IMeasure
{
    private readonly SortedDictionary<string, Count> _kinds = new(StringComparer.Ordinal);
    private int _crashLoops;
    private int _silent;
    private int _false;
    private int _again;
    private long _salvageable;
    private long _salvaged;

    public string Name => "outbox-damage";

    public string Summary =>
        "Damaged files of the edge node's outbox and kills during salvage: crash loops, silent losses, events saved.";

    public string Inputs =>
        "--damages 240, --kills 40 (more, salvaged and killed), --events 600 (unsent), --rows 100000, --seed 1";

    public string Duration => "1 to 3 minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int damages = options.Whole("damages", 240), kills = options.Whole("kills", 40);
        int events = options.Whole("events", 600), rows = options.Whole("rows", 100_000);
        var random = new Random(options.Whole("seed", 1));
        options.NothingElse();
        using var folder = new TemporaryFolder();
        double rowsPerSecond = await VerifyAsync(folder["rows"], rows, random);
        int killed = 0;
        for (int done = 0; done < damages; cancellation.ThrowIfCancellationRequested())
        {
            SpecimenState state = (SpecimenState)random.Next(3);
            OutboxSpecimen specimen = await OutboxSpecimen.MakeAsync(folder["specimen"], events, state, random);
            var places = new RecordPlaces(specimen);
            foreach (OutboxDamage damage in OutboxDamage.All)
            {
                string copy = folder["damaged"];
                DamagedCopy.Make(specimen.Folder, copy);
                if (done < damages && damage.Apply(copy, random))
                {
                    Take(damage.Name, await DamageOutcome.OfAsync(specimen, places.Whole(copy), copy), output);
                    done++;
                }

                Directory.Delete(copy, recursive: true);
            }

            Directory.Delete(folder["specimen"], recursive: true);
        }

        if (kills > 0)
        {
            killed = await KillAsync(folder, kills, 10 * events, random, output, cancellation);
        }

        output.WriteLine($"{"",-32}{"damages",8}{"salvageable",13}{"salvaged",10}");
        foreach ((string kind, Count count) in _kinds)
        {
            output.WriteLine($"{kind,-32}{count.Damages,8}{count.Salvageable,13}{count.Salvaged,10}");
        }

        double share = (double)_salvaged / Math.Max(1, _salvageable);
        output.WriteLine($"crash loops {_crashLoops}, silent {_silent}, false events {_false}, salvaged {share:P2}");
        output.WriteLine($"sent again {_again}, kills during salvage {killed}");
        output.WriteLine($"verification at the start: {rowsPerSecond:F0} rows/s");
        return new JsonObject
        {
            ["damages"] = _kinds.Values.Sum(count => count.Damages),
            ["kills_in_salvage"] = killed,
            ["crash_loops"] = _crashLoops,
            ["silent"] = _silent,
            ["false"] = _false,
            ["salvageable"] = _salvageable,
            ["salvaged"] = _salvaged,
            ["salvaged_of_salvageable"] = Math.Round(share, 4),
            ["sent_again"] = _again,
            ["verified_rows_per_s"] = Math.Round(rowsPerSecond),
        };
    }

    /// <summary>What the verification of every row costs a start.</summary>
    private static async Task<double> VerifyAsync(string folder, int rows, Random random)
    {
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, "outbox.db");
        await using (EventOutbox outbox = OutboxSpecimen.Open(path))
        {
            SensorEvent[] events = [.. Enumerable.Range(0, 1000).Select(i =>
                OutboxSpecimen.Event($"{i}", 280, random))];
            for (int from = 0; from < rows; from += events.Length)
            {
                await outbox.AppendAsync([.. events.Take(rows - from).Select(one =>
                    new SensorEvent($"{from}-{one.Id}", one.Source, one.Type, one.Time, one.Priority, one.Data))]);
            }
        }

        await using (OutboxSpecimen.Open(path + "-empty"))
        {
            // Whatever is loaded and compiled once.
        }

        var watch = Stopwatch.StartNew();
        await using EventOutbox again = OutboxSpecimen.Open(path);
        double seconds = watch.Elapsed.TotalSeconds;
        return again.Statistics.Events / seconds;
    }

    /// <summary>Kills the salvage of damaged outboxes up to three times each.</summary>
    /// <returns>How many were killed before they were done.</returns>
    private async Task<int> KillAsync(
        TemporaryFolder folder, int kills, int events, Random random, TextWriter output, CancellationToken cancellation)
    {
        OutboxSpecimen specimen = await OutboxSpecimen.MakeAsync(folder["specimen"], events,
            SpecimenState.KilledAfterRestart, random);
        var places = new RecordPlaces(specimen);
        TimeSpan whole = TimeSpan.Zero;
        int killed = 0;
        for (int i = -1; i < kills; i++)
        {
            string copy = folder["damaged"];
            DamagedCopy.Make(specimen.Folder, copy);
            OutboxDamage damage = OutboxDamage.All[random.Next(OutboxDamage.All.Length)];
            while (!damage.Apply(copy, random))
            {
                damage = OutboxDamage.All[random.Next(OutboxDamage.All.Length)];
            }

            // What is whole is counted before the salvage that is killed touches it.
            HashSet<string> salvageable = places.Whole(copy);
            for (int kill = 0; kill < (i < 0 ? 1 : 3); kill++)
            {
                long began = Stopwatch.GetTimestamp();
                await using ProgramProcess salvage = ProgramProcess.Start("edge-node", ["outbox", "salvage", copy]);
                Task<int> exited = salvage.ExitAsync(cancellation);
                if (i < 0)
                {
                    await exited;
                    whole = Stopwatch.GetElapsedTime(began);
                    break;
                }

                // From its start to its end; most of what comes early only loads the program.
                await Task.WhenAny(exited,
                    Task.Delay(whole * (0.3 + (0.8 * random.NextDouble())), TimeProvider.System, cancellation));
                if (salvage.HasExited)
                {
                    break;
                }

                salvage.Kill();
                await exited;
                killed++;
            }

            Take("killed: " + damage.Name, await DamageOutcome.OfAsync(specimen, salvageable, copy), output);
            Directory.Delete(copy, recursive: true);
        }

        return killed;
    }

    private void Take(string kind, DamageOutcome outcome, TextWriter output)
    {
        if (outcome.CrashLoop is { } crash)
        {
            _crashLoops++;
            output.WriteLine($"{kind}: crashes: {crash}");
        }

        if (outcome.Silent is { } silent)
        {
            _silent++;
            output.WriteLine($"{kind}: silent: {silent}");
        }

        _false += outcome.False;
        _again += outcome.Again;
        _salvageable += outcome.Salvageable;
        _salvaged += outcome.Salvaged;
        Count before = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = new Count(before.Damages + 1, before.Salvageable + outcome.Salvageable,
            before.Salvaged + outcome.Salvaged);
    }

    private readonly record struct Count(int Damages, int Salvageable, int Salvaged);
}
