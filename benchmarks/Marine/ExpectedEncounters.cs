using System.Text.Json.Nodes;
using Sensing.Marine.Encounters;

namespace Sensing.Benchmarks.Marine;

/// <summary>What must, may and must not be said of the targets of one recording, as <c>expected.json</c> holds it.</summary>
internal sealed class ExpectedEncounters(JsonObject recording)
{
    public string Log { get; } = (string)recording["log"]!;

    public double CpaM { get; } = (double)recording["limits"]!["cpa_m"]!;

    public double TcpaS { get; } = (double)recording["limits"]!["tcpa_s"]!;

    public static IEnumerable<ExpectedEncounters> Read(string path) =>
        JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(recording => new ExpectedEncounters(recording!.AsObject()));

    /// <summary>Broken expectations, in words.</summary>
    public IEnumerable<string> Violations(SortedDictionary<string, List<(DateTimeOffset Time, EncounterClass Class)>> changes)
    {
        foreach ((string target, JsonNode? node) in recording["targets"]!.AsObject())
        {
            JsonObject expected = node!.AsObject();
            List<(DateTimeOffset Time, EncounterClass Class)> found = changes.GetValueOrDefault(target) ?? [];
            string[] classes = [.. found.Select(change => EncounterWords.Of(change.Class))];
            foreach (string visited in Names(expected, "visited").Except(classes))
            {
                yield return $"{Log}, {target}: never {visited}";
            }

            foreach (string forbidden in Names(expected, "forbidden").Intersect(classes))
            {
                yield return $"{Log}, {target}: {forbidden}, which is forbidden";
            }

            if (expected["allowed"] is not null)
            {
                foreach (string other in classes.Except(Names(expected, "allowed")))
                {
                    yield return $"{Log}, {target}: {other}, which is not allowed";
                }
            }

            if (expected["max_changes"] is { } most && classes.Length > (int)most!)
            {
                yield return $"{Log}, {target}: {classes.Length} changes, at most {most} are allowed";
            }

            if (expected["final"] is { } final && (classes.LastOrDefault() ?? "none") != (string)final!)
            {
                yield return $"{Log}, {target}: {classes.LastOrDefault() ?? "none"} at the end, expected {final}";
            }
        }
    }

    private static IEnumerable<string> Names(JsonObject expected, string list) =>
        expected[list] is JsonArray names ? names.Select(name => (string)name!) : [];
}
