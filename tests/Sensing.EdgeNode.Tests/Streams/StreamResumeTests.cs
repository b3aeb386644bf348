using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Tests.Streams;

public class StreamResumeTests
{
    private const string Stream = """{ "name": "a", "source": { "type": "numbers", "count": 3000, "block": 7, "noticeEvery": 70 }, "sum": { "every": 3 } }""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Stopped_and_started_again_and_again_it_yields_what_one_run_yields(int seed)
    {
        string[] whole = await RunAsync(Stream, stops: []);
        var random = new Random(seed);
        string[] parts = await RunAsync(Stream, stops: [.. Enumerable.Range(0, 5).Select(_ => random.Next(1, 60))]);

        Assert.Equal(1000 + 1 + 43, whole.Length);
        Assert.Equal(whole, parts);
    }

    [Fact]
    public async Task With_other_options_it_starts_afresh_and_says_so()
    {
        await using var node = new NodeFixture(NumberCatalogue.Create());
        await node.StartAsync(node.Options(Stream));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await node.Host.ApplyAsync(node.Options(Stream.Replace("\"every\": 3", "\"every\": 100", StringComparison.Ordinal))));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        await node.StopAsync();

        StreamNotice[] notices = [.. (await node.EventsAsync()).Select(NodeEvents.Notice.Read)];
        Assert.Single(notices, notice => notice.Code == "afresh");
        Assert.Equal(1000 + 30 - 10, notices.Count(notice => notice.Code == "sum"));
    }

    [Fact]
    public async Task A_recording_that_was_finished_is_not_finished_twice()
    {
        await using var node = new NodeFixture(NumberCatalogue.Create());
        await node.StartAsync(node.Options(Stream));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await node.Host.ApplyAsync(node.Options(Stream, stallSeconds: 61)));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, node.Stream().Events);
    }

    private static async Task<string[]> RunAsync(string stream, int[] stops)
    {
        await using var node = new NodeFixture(NumberCatalogue.Create());
        foreach (int blocks in stops)
        {
            await using var part = new NodeFixture(NumberCatalogue.Create());
            await part.StartAsync(part.Options(stream) with { DataDirectory = node.Folder["data"] });
            await part.WaitAsync(status => status.Streams[0].Blocks >= blocks || status.Streams[0].State == StreamState.Finished);
            await part.StopAsync();
        }

        await node.StartAsync(node.Options(stream));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        await node.StopAsync();
        return [.. (await node.EventsAsync()).Select(e => e.Id)];
    }
}
