using System.CommandLine;
using Sensing.Configuration;
using Sensing.EdgeNode.Commands;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Commands;

public class CommandTests
{
    private const string Node = """{ "site": "s", "node": "n", "mqtt": { "port": 1 }, "streams": [{ "name": "a", "source": { "type": "numbers", "count": 3 }, "sum": { } }] }""";

    [Fact]
    public async Task Validate_names_every_mistake_and_exits_with_78()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node.json"], """{ "site": "s", "nodes": "n", "mqtt": { "port": 0 } }""", TestContext.Current.CancellationToken);
        (int code, string _, string errors) = await RunAsync("validate", folder["node.json"]);

        Assert.Equal(78, code);
        Assert.Equal(
            "mqtt.port: must be between 1 and 65535, not 0\nnode: is missing\nnodes: is not known here; did you mean 'node'?\n",
            string.Concat(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(line => line + "\n")));
    }

    [Fact]
    public async Task Validate_accepts_a_good_file_and_takes_overrides()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node.json"], Node, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync("validate", folder["node.json"], "--set", "mqtt.port=1884")).Code);
        (int code, string _, string errors) = await RunAsync("validate", folder["node.json"], "--set", "mqtt.port=x");
        Assert.Equal((78, "mqtt.port: must be a whole number, not \"x\""), (code, errors.Trim()));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        (int code, string _, string errors) = await RunAsync("run", "no-such-file.json");
        Assert.Equal(78, code);
        Assert.StartsWith("no-such-file.json cannot be read", errors);
    }

    [Fact]
    public async Task Replay_prints_the_events_as_CloudEvents_one_a_line_and_progress_elsewhere()
    {
        (int code, string output, string errors) = await RunAsync(
            "replay", "-", "--pipeline", "sum", "--source", "numbers", "--set", "source.count=25", "--set", "sum.every=10", "--address", "x/y/z");
        Assert.Equal(0, code);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line =>
        {
            Assert.True(CloudEventJson.TryRead(System.Text.Encoding.UTF8.GetBytes(line), Known.Events, out SensorEvent? read, out string? problem), problem);
            Assert.Equal("/sites/x/nodes/y/streams/z", read.Source.Source);
        });
        Assert.Contains("Done: 25 s of recording", errors);
    }

    [Fact]
    public async Task Replay_of_an_unknown_pipeline_says_which_there_are()
    {
        (int code, string _, string errors) = await RunAsync("replay", "x.h5", "--pipeline", "summ");
        Assert.Equal((78, "--pipeline: unknown pipeline 'summ' (known: sum)"), (code, errors.Trim()));
    }

    [Fact]
    public async Task Doctor_looks_at_sources_broker_clock_and_disk()
    {
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        await File.WriteAllTextAsync(folder["node.json"], Node, TestContext.Current.CancellationToken);
        (int code, string output, string _) = await RunAsync("doctor", folder["node.json"], "--set", $"mqtt.port={broker.Port}", "--set", "mqtt.host=127.0.0.1");

        Assert.Equal(0, code);
        Assert.Contains("well   stream a, source numbers: first sample at 2026-01-02T00:00:00Z", output);
        Assert.Contains($"well   broker 127.0.0.1:{broker.Port}: takes the node", output);
        Assert.Contains("clock: ", output);
        Assert.Contains("outbox: none yet", output);
    }

    [Fact]
    public async Task Doctor_fails_where_the_broker_is_away_or_a_source_is_empty()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node.json"], Node, TestContext.Current.CancellationToken);
        (int code, string output, string _) = await RunAsync("doctor", folder["node.json"], "--set", "mqtt.host=127.0.0.1", "--set", "streams[0].source.count=0");

        Assert.Equal(1, code);
        Assert.Contains("FAILS  stream a, source numbers: it ends without a sample", output);
        Assert.Contains("FAILS  broker 127.0.0.1:1: ", output);
    }

    [Fact]
    public void The_generated_files_of_the_repository_are_current() =>
        Assert.Empty(new GeneratedFiles(Repository.Root, NodeDescription.Files(NodeCatalogue.Create())).Stale());

    [Fact]
    public async Task Describe_writes_what_it_then_finds_current_and_names_what_is_stale()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await RunAsync("describe", "--write", folder.Path)).Code);
        Assert.Equal(0, (await RunAsync("describe", "--check", folder.Path)).Code);
        await File.AppendAllTextAsync(folder["docs/configuration.md"], "!", TestContext.Current.CancellationToken);
        (int code, string _, string errors) = await RunAsync("describe", "--check", folder.Path);

        Assert.Equal(1, code);
        Assert.Equal("docs/configuration.md is stale: run edge-node describe --write.", errors.Trim());
    }

    [Fact]
    public void An_events_schema_carries_the_descriptions_and_refuses_what_is_missing()
    {
        string schema = NodeDescription.Files(NumberCatalogue.Modules())["schemas/events/sensing.node.loss.v1.schema.json"];
        var json = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(schema)!;

        Assert.Equal("Dropped facts.", (string?)json["properties"]!["facts"]!["description"]);
        Assert.Contains("facts", json["required"]!.AsArray().Select(name => (string?)name));
        Assert.Equal("sensing.node.loss.v1", (string?)json["title"]);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int code = await EdgeNodeCommand.Create(NumberCatalogue.Modules()).Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
