using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Marine;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;

namespace Sensing.Benchmarks.Marine;

/// <summary>Recordings played through source and pipeline: the changes of each target's class.</summary>
public sealed class MarineReplayMeasure : IMeasure
{
    private const string Folder = "../shared/data/marine/encounters";

    public string Name => "marine-replay";

    public string Summary => "Recordings of encounters through the whole pipeline: changes of class of each target, against what must and must not be said.";

    public string Inputs => $"recordings and expected.json in {Folder} (--data FOLDER); --log FILE --json FILE plays one log, --cpa M --tcpa S its limits";

    public string Duration => "5 s";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? log = options.Text("log"), json = options.Text("json");
        string folder = options.Text("data") ?? Folder;
        double cpa = options.Number("cpa", double.NaN), tcpa = options.Number("tcpa", double.NaN);
        options.NothingElse();
        string expectations = Path.Combine(log is null ? folder : Path.GetDirectoryName(Path.GetFullPath(log))!, "expected.json");
        if (log is not null && !File.Exists(log))
        {
            throw new MeasureException($"{log} does not exist: name the file with --log FILE.");
        }

        if (log is null && !File.Exists(expectations))
        {
            throw new MeasureException($"{expectations} does not exist: name the folder with --data FOLDER, or a log with --log FILE.");
        }

        ExpectedEncounters[] known = File.Exists(expectations) ? [.. ExpectedEncounters.Read(expectations)] : [];
        string[] paths = log is not null ? [log] : [.. known.Select(one => Path.Combine(folder, one.Log))];
        var logs = new JsonObject();
        var violations = new List<string>();
        using TextWriter lines = json is null ? TextWriter.Null : new StreamWriter(json);
        foreach (string path in paths)
        {
            ExpectedEncounters? expected = known.FirstOrDefault(one => one.Log == Path.GetFileName(path));
            MarineOptions limits = Limits(double.IsNaN(cpa) ? expected?.CpaM : cpa, double.IsNaN(tcpa) ? expected?.TcpaS : tcpa);
            List<SensorEvent> events = await WatchedLog.PlayAsync(path, limits, cancellation);
            var changes = WatchedLog.Changes(events);
            logs[Path.GetFileName(path)] = Counts(events, changes);
            foreach ((string target, List<(DateTimeOffset Time, EncounterClass Class)> list) in changes)
            {
                JsonObject row = Row(target, list);
                lines.WriteLine(row.ToJsonString());
                output.WriteLine($"{Path.GetFileName(path)}: {row.ToJsonString()}");
            }

            violations.AddRange(expected?.Violations(changes) ?? []);
        }

        violations.ForEach(output.WriteLine);
        return new JsonObject { ["logs"] = logs, ["violations"] = violations.Count };
    }

    private static MarineOptions Limits(double? cpaM, double? tcpaS) => new()
    {
        WarningCpaM = cpaM,
        WarningTcpaSeconds = tcpaS,
        AlarmCpaM = cpaM / 2,
        AlarmTcpaSeconds = tcpaS / 2,
    };

    private static JsonObject Counts(
        List<SensorEvent> events, SortedDictionary<string, List<(DateTimeOffset Time, EncounterClass Class)>> changes) => new()
        {
            ["events"] = events.Count,
            ["encounter_events"] = events.Count(item => item.Type == MarineEvents.Encounter.Name),
            ["targets_with_changes"] = changes.Count(target => target.Value.Count > 0),
            ["most_changes"] = changes.Count == 0 ? 0 : changes.Max(target => target.Value.Count),
        };

    private static JsonObject Row(string target, List<(DateTimeOffset Time, EncounterClass Class)> changes) => new()
    {
        ["target"] = target,
        ["changes"] = new JsonArray([.. changes.Select(change => new JsonObject
        {
            ["time"] = EventTime.Format(change.Time),
            ["class"] = EncounterWords.Of(change.Class),
        })]),
        ["final"] = EncounterWords.Of(changes.Count > 0 ? changes[^1].Class : EncounterClass.None),
    };
}
