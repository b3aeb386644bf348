using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.TestNode;

namespace Sensing.EdgeNode.Tests.Configuration;

public class NodeConfigurationTests
{
    private const string Good = """
        {
          // Comments are fine.
          "site": "a6", "node": "cabinet-3",
          "streams": [{ "name": "one", "source": { "type": "numbers" }, "sum": { } }],
        }
        """;

    [Fact]
    public void Environment_lies_over_the_file_and_the_command_line_over_both()
    {
        NodeOptions options = Load(
            Good, [new("SENSING__mqtt__port", "1884"), new("SENSING__node", "other"), new("SENSING__streams__0__source__count", "7"), new("PATH", "/bin")],
            ["mqtt.port=1885", "streams[0].pace=10x"]).Value!;

        Assert.Equal((1885, "other", "10x"), (options.Mqtt.Port, options.Node, options.Streams[0].Pace));
        Assert.Equal(7, Assert.IsType<NumberSourceOptions>(options.Streams[0].Source!.Options).Count);
    }

    [Fact]
    public void Every_mistake_is_named_at_once_with_its_path()
    {
        string[] problems = Problems("""
            {
              "site": "A6", "node": "n", "dataDirektory": "x",
              "mqtt": { "port": 70000, "passwordFile": "p", "tls": { "caFile": "ca.pem" }, "backoff": { "initialSeconds": 9, "maxSeconds": 3 } },
              "outbox": { "whenFull": "panic", "telemetryPercent": 95 },
              "streams": [
                { "name": "one", "source": { "type": "numbers", "block": 0 }, "sum": { } },
                { "name": "one", "source": { "type": "nunbers" }, "sum": { "evry": 2 } },
                { "name": "node", "source": { "type": "numbers" } },
                { "source": { "type": "numbers" }, "sum": { }, "pace": "quick" }
              ]
            }
            """);

        Assert.Equal(
        [
            "dataDirektory: is not known here; did you mean 'dataDirectory'?",
            "mqtt.backoff.maxSeconds: must not be below initialSeconds (9)",
            "mqtt.port: must be between 1 and 65535, not 70000",
            "mqtt.tls.enabled: is false while files are given: set it to true or remove them",
            "outbox.whenFull: must be one of block, dropLowestOldest, not \"panic\"",
            "site: 'A6' must be 1 to 64 of a-z, 0-9 and '-', not '-' first",
            "streams[0].source.block: must be between 1 and 100000, not 0",
            "streams[1].name: 'one' is also the name of streams[0]",
            "streams[1].source.type: unknown source 'nunbers'; did you mean 'numbers'? (known: numbers)",
            "streams[1].sum.evry: is not known here; did you mean 'every'?",
            "streams[2].name: 'node' is the node's own stream: choose another name",
            "streams[2]: names no pipeline: add one of these keys with its options: sum",
            "streams[3].name: is missing",
            "streams[3].pace: 'quick' must be max, realtime, or a multiple such as 10x",
        ], problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_between_values_are_checked()
    {
        Assert.Equal(["outbox.factPercent: must not be below telemetryPercent (95)"], Problems(With("\"outbox\": { \"telemetryPercent\": 95 }")));
        Assert.Equal(["mqtt.user: is missing: passwordFile is given"], Problems(With("\"mqtt\": { \"passwordFile\": \"p\" }")));
        Assert.Equal(
            ["mqtt.tls.keyFile: certificateFile and keyFile go together: give both or neither"],
            Problems(With("\"mqtt\": { \"tls\": { \"enabled\": true, \"certificateFile\": \"c\" } }")));
    }

    [Fact]
    public void A_source_that_the_pipeline_cannot_take_is_a_mistake()
    {
        var catalogue = NumberCatalogue.Create();
        catalogue.AddSource<OtherSample, Script.NoOptions>("other", "Something else.", (_, _) => throw new NotSupportedException());
        string[] problems = [.. new NodeConfiguration(catalogue).Parse(Good.Replace("\"numbers\"", "\"other\"", StringComparison.Ordinal), [], []).Problems.Select(p => p.ToString())];

        Assert.Equal(["streams[0].source.type: a 'other' source does not yield what the 'sum' pipeline takes (sources that do: numbers)"], problems);
    }

    [Theory]
    [InlineData("{ \"site\": ", "line 1, column")]
    [InlineData("[]", "the file must hold one JSON object")]
    public void What_is_no_JSON_is_told_with_its_place(string text, string expected) => Assert.StartsWith(expected, Assert.Single(Problems(text)));

    [Fact]
    public void An_override_that_leads_nowhere_is_a_mistake()
    {
        Assert.Equal(["streams[3].name: there is no item [3] to override"], Problems(Good, "streams[3].name=x"));
        Assert.Equal(["--set mqtt.port: must look like --set mqtt.port=8883"], Problems(Good, "mqtt.port"));
    }

    private static string With(string more) => Good.Replace("\"site\"", more + ", \"site\"", StringComparison.Ordinal);

    private static string[] Problems(string text, params string[] sets) => [.. Load(text, [], sets).Problems.Select(problem => problem.ToString())];

    private static Sensing.Configuration.ConfigurationResult<NodeOptions> Load(string text, IEnumerable<KeyValuePair<string, string>> environment, string[] sets) =>
        new NodeConfiguration(NumberCatalogue.Create()).Parse(text, environment, sets);

    private sealed record OtherSample(DateTimeOffset Time, TimeSpan Duration) : Sensing.Streams.ITimed;
}
