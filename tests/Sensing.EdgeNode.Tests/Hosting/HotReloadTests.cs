using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.TestNode;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Tests.Hosting;

public class HotReloadTests
{
    private const string Kept = """{ "name": "kept", "source": { "type": "script" }, "scripted": { } }""";
    private const string Numbers = """{ "name": "numbers", "source": { "type": "numbers", "count": 10 }, "sum": { } }""";

    private readonly Script _script = new() { Read = (_, _, cancellation) => Script.Silence(cancellation) };

    [Fact]
    public async Task Only_what_has_changed_restarts()
    {
        await using var node = new NodeFixture(_script.Catalogue());
        await node.StartAsync(node.Options($"{Kept}, {Numbers}"));
        await node.WaitAsync(status => status.Streams.Single(s => s.Name == "numbers").State == StreamState.Finished);

        Assert.Empty(await node.Host.ApplyAsync(node.Options($"{Kept}, {Numbers.Replace("10", "20", StringComparison.Ordinal)}")));
        await node.WaitAsync(status => status.Streams.Single(s => s.Name == "numbers") is { State: StreamState.Finished, Events: >= 21 });
        Assert.Equal(1, _script.Openings);

        Assert.Empty(await node.Host.ApplyAsync(node.Options($"{Kept}, {Numbers.Replace("\"numbers\", \"source\"", "\"new\", \"source\"", StringComparison.Ordinal)}")));
        Assert.Equal(["kept", "new"], node.Host.Status().Streams.Select(s => s.Name));
        Assert.Equal(1, _script.Openings);

        Assert.Empty(await node.Host.ApplyAsync(node.Options(Kept.Replace("\"script\"", "\"script\", \"revision\": 2", StringComparison.Ordinal))));
        await _script.OpenedAsync(2);
    }

    [Fact]
    public async Task What_only_a_new_start_can_change_is_refused_and_nothing_is_changed()
    {
        await using var node = new NodeFixture(_script.Catalogue());
        NodeOptions options = node.Options(Kept);
        await node.StartAsync(options);
        IReadOnlyList<ConfigurationProblem> problems = await node.Host.ApplyAsync(options with { Node = "other", DataDirectory = "x", Streams = [] });

        Assert.Equal(
            ["node: cannot be changed while the node runs: restart it", "dataDirectory: cannot be changed while the node runs: restart it"],
            problems.Select(problem => problem.ToString()));
        Assert.Single(node.Host.Status().Streams);
    }

    [Fact]
    public async Task Another_broker_gets_the_events_that_the_first_one_did_not()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var node = new NodeFixture(_script.Catalogue());
        await node.StartAsync(node.Options(Numbers));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await node.Host.ApplyAsync(node.Options(Numbers, broker.Port)));
        await broker.WaitForDistinctAsync(11, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_bad_file_is_refused_the_old_one_stays_and_a_good_one_is_taken()
    {
        var time = new FakeTimeProvider(EventMaker.Noon);
        await using var node = new NodeFixture(NumberCatalogue.Create());
        string file = node.Folder["node.json"];
        await WriteAsync(file, Numbers, EventMaker.Noon);
        var loads = new System.Threading.Channels.UnboundedChannelOptions();
        var results = System.Threading.Channels.Channel.CreateUnbounded<ConfigurationResult<NodeOptions>>(loads);
        ConfigurationResult<NodeOptions> Load()
        {
            ConfigurationResult<NodeOptions> result = new NodeConfiguration(NumberCatalogue.Create()).Load(file, [], []);
            results.Writer.TryWrite(result);
            return result;
        }

        await node.StartAsync(Load().Value!);
        await results.Reader.ReadAsync(TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        Task watching = new ConfigurationWatcher(file, Load, node.Host, time, NullLogger.Instance).RunAsync(stop.Token);

        await WriteAsync(file, """{ "name": "numbers" }""", EventMaker.Noon.AddSeconds(1));
        Assert.False((await NextAsync(results.Reader, time)).IsValid);
        Assert.Equal("numbers", node.Host.Status().Streams.Single().Name);

        await WriteAsync(file, Numbers.Replace("\"numbers\", \"source\"", "\"better\", \"source\"", StringComparison.Ordinal), EventMaker.Noon.AddSeconds(2));
        Assert.True((await NextAsync(results.Reader, time)).IsValid);
        await node.WaitAsync(status => status.Streams is [{ Name: "better" }]);
        await stop.CancelAsync();
        await watching;

        async Task WriteAsync(string path, string streams, DateTimeOffset at)
        {
            await File.WriteAllTextAsync(path, $$"""{ "site": "s", "node": "n", "mqtt": { "port": 1 }, "streams": [{{streams}}] }""", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, at.UtcDateTime);
        }
    }

    [Fact]
    public async Task A_second_node_on_the_same_folder_is_refused()
    {
        await using var node = new NodeFixture(NumberCatalogue.Create());
        NodeOptions options = node.Options(Numbers);
        await node.StartAsync(options);
        using var second = new EdgeNodeHost(options, node.Folder.Path, NumberCatalogue.Create(), TimeProvider.System, NullLoggerFactory.Instance);

        NodeException error = await Assert.ThrowsAsync<NodeException>(() => second.RunAsync(CancellationToken.None));
        Assert.Contains("another node runs on this folder", error.Message);
    }

    private static async Task<ConfigurationResult<NodeOptions>> NextAsync(
        System.Threading.Channels.ChannelReader<ConfigurationResult<NodeOptions>> results, FakeTimeProvider time)
    {
        Task<ConfigurationResult<NodeOptions>> next = results.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await next;
    }
}
