using System.Text.Json.Nodes;
using Sensing.Benchmarks.Marine;
using Sensing.Testing;

namespace Sensing.Marine.Tests.Ais;

/// <summary>Real and conformance logs against what two other decoders (gpsdecode, pyais) agree on.</summary>
public sealed class ExpectedMessagesTests
{
    [Theory]
    [InlineData("own_ship_and_ais.log", 1459, 0)]
    [InlineData("ais_norway.nm4", 877, 0)]
    [InlineData("ais/gpsd_sample.aivdm", 102, 1)]
    [InlineData("ais/gpsd_ais-nmea.log", 171, 0)]
    [InlineData("ais/libais_typeexamples.nmea", 26, 0)]
    public void Every_message_is_equal_field_for_field(string name, int messages, int refused)
    {
        string? path = SharedFolder.Find("data", "marine", name);
        Assert.SkipWhen(path is null, $"../shared/data/marine/{name} is not there.");
        string expectation = SharedFolder.Find("data", "marine", "ais", Path.GetFileName(name) + ".expected.jsonl")!;
        var log = new AisLog(path);
        var found = new Dictionary<int, JsonObject>();
        log.Decode((message, line) => found[line] = AisFields.Of(message, line));
        Assert.Equal((messages, refused), (found.Count, log.Refused.Values.Sum()));
        foreach (JsonObject expected in File.ReadLines(expectation).Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            string[] disputed = expected["decoders_differ"] is JsonArray names ? [.. names.Select(item => (string)item!)]
                : (string?)expected["by"] == "pyais" ? ["turn"] : [];
            foreach (string field in disputed.Concat(["lines", "by", "decoders_differ"]))
            {
                expected.Remove(field);
                found[(int)expected["line"]!].Remove(field);
            }

            Assert.True(JsonNode.DeepEquals(expected, found[(int)expected["line"]!]), $"{expected}\n{found[(int)expected["line"]!]}");
        }
    }
}
