using System.CommandLine;
using System.Globalization;
using Sensing.EdgeNode.Commands;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Modules;
using Sensing.SamplePipeline;
using Sensing.SamplePipeline.Events;
using Sensing.SamplePipeline.Sources;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Streams;

/// <summary>Commands of a pipeline on a node: run, recorded, resumed, and replayed at a desk.</summary>
public sealed class StreamEffectTests : IDisposable
{
    private const int Readings = 2000;

    private static readonly ModuleCatalogue Modules = new(new WeatherModule());

    private readonly TemporaryFolder _folder = new();

    public StreamEffectTests()
    {
        var options = new SyntheticSourceOptions();
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        File.WriteAllLines(_folder["station.csv"],
        [
            "time,temperatureC,windMs",
            .. Enumerable.Range(0, Readings).Select(number => SyntheticSource.At(options, start, number)).Select(reading => string.Create(
                CultureInfo.InvariantCulture, $"{EventTime.Format(reading.Time)},{reading.TemperatureC},{reading.WindMs}")),
        ]);
        Directory.CreateDirectory(_folder["models"]);
        File.WriteAllText(_folder["models/outlook.json"], """{ "mean": 1, "excess": 1.2 }""");
        File.WriteAllText(_folder["models/manifest.json"], """{ "models": [ { "name": "gust-outlook", "version": "1.0", "file": "outlook.json" } ] }""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_s_run_is_replayed_byte_for_byte_from_samples_and_recorded_completions()
    {
        string[] events = await RunAsync(stops: []);

        Assert.Contains(events, line => line.Contains("\"outlookMs\":", StringComparison.Ordinal));
        Assert.Equal(events, await ReplayAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_run_that_was_stopped_and_resumed_is_replayed_byte_for_byte_too(int seed)
    {
        var random = new Random(seed);
        string[] events = await RunAsync([.. Enumerable.Range(0, 4).Select(_ => random.Next(1, Readings / 2))]);

        Assert.Equal(events, await ReplayAsync());
        Assert.Single(Directory.GetFiles(_folder.Path, "effects.ndjson*"));
    }

    [Fact]
    public async Task A_run_that_was_stopped_before_its_first_completion_keeps_one_recording()
    {
        string[] events = await RunAsync(stops: [1, 2]);

        Assert.Equal(events, await ReplayAsync());
        Assert.Single(Directory.GetFiles(_folder.Path, "effects.ndjson*"));
    }

    [Fact]
    public async Task A_recording_that_is_gone_costs_a_notice_and_no_event()
    {
        await using (var first = new NodeFixture(Modules.Streams))
        {
            await first.StartAsync(Options(first, pace: "1000x"));
            await first.WaitAsync(status => status.Streams[0].Blocks >= 400);
            await first.StopAsync();
        }

        File.Delete(_folder["effects.ndjson"]);
        await using var node = new NodeFixture(Modules.Streams);
        await node.StartAsync(Options(node));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        await node.StopAsync();
        IReadOnlyList<SensorEvent> events = await EventsAsync();
        Assert.Equal(8, events.Count(item => item.Type == WeatherEvents.Gust.Name));
        Assert.Single(events.Where(item => item.Type == NodeEvents.Notice.Name).Select(NodeEvents.Notice.Read), notice => notice.Code == "effects-not-recorded");
    }

    private NodeOptions Options(NodeFixture node, string pace = "max") => node.Options($$"""
        {
          "name": "a", "pace": "{{pace}}", "source": { "type": "csv", "file": "{{_folder["station.csv"]}}" },
          "weather": { "outlookModel": "gust-outlook" }, "effects": { "recordFile": "{{_folder["effects.ndjson"]}}" }
        }
        """) with
    {
        DataDirectory = _folder["data"],
        Models = new ModelOptions { Directory = _folder["models"] },
    };

    /// <summary>The node's events as CloudEvents; the outbox holds alarms before others, so they are in the order of their text.</summary>
    private async Task<string[]> RunAsync(int[] stops)
    {
        foreach (int blocks in stops)
        {
            await using var part = new NodeFixture(Modules.Streams);
            await part.StartAsync(Options(part, pace: "2000x"));
            await part.WaitAsync(status => status.Streams[0].Blocks >= blocks || status.Streams[0].State == StreamState.Finished);
            await part.StopAsync();
        }

        await using var node = new NodeFixture(Modules.Streams);
        await node.StartAsync(Options(node));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        await node.StopAsync();
        return [.. (await EventsAsync()).Where(item => item.Type.Pipeline == "weather")
            .Select(item => System.Text.Encoding.UTF8.GetString(CloudEventJson.Write(item))).Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<SensorEvent>> EventsAsync()
    {
        await using EventOutbox outbox = EventOutbox.Open(
            Path.Combine(_folder["data"], "outbox.db"), new OutboxOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        return [.. outbox.Take(int.MaxValue).Select(entry => entry.Event)];
    }

    private async Task<string[]> ReplayAsync()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();
        int code = await EdgeNodeCommand.Create(Modules)
            .Parse(["replay", _folder["station.csv"], "--pipeline", "weather", "--set", "weather.outlookModel=gust-outlook", "--models", _folder["models"],
                "--effects", _folder["effects.ndjson"], "--address", "site/node/a"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        Assert.True(code == 0, errors.ToString());
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }
}
