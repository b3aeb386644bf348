using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Outbox;

/// <summary>The outbox of an earlier version: what waits in it is delivered, and its stream resumes. See <c>Fixtures/README.md</c>.</summary>
public class OldOutboxTests
{
    private const string Stream = """
        { "name": "road", "source": { "type": "synthetic", "durationSeconds": 400, "channels": 12, "sampleRateHz": 10 }, "das": { } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_events_are_delivered_and_its_stream_resumes_where_it_was()
    {
        await using var node = new NodeFixture(NodeCatalogue.Create().Streams);
        string file = Path.Combine(node.Folder["data"], "outbox.db");
        Directory.CreateDirectory(node.Folder["data"]);
        await File.WriteAllBytesAsync(file, await ReadAsync("outbox.db"), Cancel);
        string[] waiting;
        string[] dead;
        await using (EventOutbox outbox = EventOutbox.Open(file, new OutboxOptions(), TimeProvider.System, NullLogger.Instance))
        {
            waiting = [.. outbox.Take(int.MaxValue).Select(entry => entry.Event.Id)];
            dead = [.. outbox.DeadLetters(int.MaxValue).Select(letter => letter.Entry.Event.Id)];
        }

        Assert.Equal((11, 7), (waiting.Length, dead.Length));
        await using TestBroker broker = await TestBroker.StartAsync();
        await node.StartAsync(node.Options(Stream, broker.Port));
        await node.Host.AllFinishedAsync(Cancel);
        SensorEvent[] whole = await RunWholeAsync();
        string[] before = [.. Encoding.UTF8.GetString(await ReadAsync("delivered.ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        string[] expected =
        [
            .. whole.Where(item => !dead.Contains(item.Id) && !before.Contains(Encoding.UTF8.GetString(item.Data.Span))).Select(item => item.Id),
        ];
        await broker.WaitAsync(events => Road(events).Length >= expected.Length, Cancel);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Road(broker.Distinct).Order(StringComparer.Ordinal));
        Assert.Equal(waiting.Order(StringComparer.Ordinal), Road(broker.Distinct).Intersect(waiting).Order(StringComparer.Ordinal));
        Assert.True(expected.Length > waiting.Length, "The stream has not resumed.");
        Assert.Equal(7, node.Host.Status().DeadLetters);
        Assert.DoesNotContain(
            broker.Distinct.Select(received => received.Event).Where(item => item.Type == NodeEvents.Notice.Name),
            item => NodeEvents.Notice.Read(item).Code == "afresh");
    }

    private static string[] Road(IEnumerable<ReceivedEvent> events) =>
        [.. events.Where(received => received.Source.EndsWith("/road", StringComparison.Ordinal)).Select(received => received.Id!).Distinct()];

    /// <summary>The events of the same recording in one run.</summary>
    private static async Task<SensorEvent[]> RunWholeAsync()
    {
        await using var node = new NodeFixture(NodeCatalogue.Create().Streams);
        await node.StartAsync(node.Options(Stream));
        await node.Host.AllFinishedAsync(Cancel);
        await node.StopAsync();
        return [.. (await node.EventsAsync()).Where(item => item.Source.Stream == "road")];
    }

    private static async Task<byte[]> ReadAsync(string name)
    {
        await using var content = new GZipStream(
            File.OpenRead(Path.Combine(Repository.Root, "tests", "Sensing.EdgeNode.Tests", "Fixtures", $"{name}.gz")), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, Cancel);
        return whole.ToArray();
    }
}
