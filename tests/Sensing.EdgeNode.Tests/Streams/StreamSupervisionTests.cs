using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests.Streams;

public class StreamSupervisionTests
{
    private const string Scripted = """{ "name": "a", "source": { "type": "script" }, "scripted": { } }""";

    private readonly FakeTimeProvider _time = new(EventMaker.Noon);

    [Fact]
    public async Task What_stalls_is_started_again_and_told()
    {
        var script = new Script { Read = OneThenSilence };
        await using var node = new NodeFixture(script.Catalogue(), _time);
        await node.StartAsync(node.Options(Scripted));
        await node.WaitAsync(status => status.Streams[0].Blocks == 1);
        await AdvanceUntilAsync(script.OpenedAsync(2));
        await node.WaitAsync(status => status.Streams[0].Restarts == 1);
        await node.StopAsync();

        Assert.Contains(await node.EventsAsync(), e => NodeEvents.Notice.Read(e).Code == "stalled");
    }

    [Theory]
    [InlineData(SourceBehaviour.Live, true)]
    [InlineData(SourceBehaviour.Recording, false)]
    public async Task A_pipeline_learns_that_a_live_source_is_silent_although_no_sample_comes(SourceBehaviour behaviour, bool learns)
    {
        var silences = new List<TimeSpan>();
        var script = new Script
        {
            Behaviour = behaviour,
            Read = OneThenSilence,
            Silent = silences.Add,
        };
        await using var node = new NodeFixture(script.Catalogue(), _time);
        await node.StartAsync(node.Options(Scripted));
        await node.WaitAsync(status => status.Streams[0].Blocks == 1);

        // The watchdog restarts a silent stream after 60 s: the silence is no progress to it.
        await AdvanceUntilAsync(script.OpenedAsync(2));
        await node.StopAsync();

        Assert.Equal(learns, silences.Exists(silence => silence.TotalSeconds is >= 10 and < 60));
        Assert.True(learns || silences.Count == 0);
    }

    [Fact]
    public async Task A_source_that_does_not_let_go_is_left_behind_and_replaced()
    {
        var never = new TaskCompletionSource();
        var script = new Script { Read = (opening, _, cancellation) => opening == 1 ? Deaf(never.Task) : Script.Silence(cancellation) };
        await using var node = new NodeFixture(script.Catalogue(), _time);
        await node.StartAsync(node.Options(Scripted));
        await script.OpenedAsync(1);
        await AdvanceUntilAsync(script.OpenedAsync(2));
        never.SetResult();
    }

    [Fact]
    public async Task A_stream_that_waits_for_room_in_the_outbox_has_not_stalled()
    {
        var script = new Script { Read = Endless };
        await using var node = new NodeFixture(script.Catalogue(), _time);
        string padded = Scripted.Replace("\"scripted\": { }", "\"scripted\": { \"padding\": 100000 }", StringComparison.Ordinal);
        await node.StartAsync(node.Options(padded, outbox: "\"maxMegabytes\": 1,"));
        await node.WaitAsync(status => status.OutboxEvents >= 8);
        for (int minute = 0; minute < 30; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, script.Openings);
        Assert.Equal(0, node.Stream().Restarts);
    }

    [Fact]
    public async Task A_failing_stream_leaves_its_neighbour_alone_and_goes_on_where_it_was()
    {
        int failures = 3;
        var script = new Script
        {
            Read = (_, after, _) => Numbers(after, 20),
            Before = block =>
            {
                if (block.First == 10 && Interlocked.Decrement(ref failures) >= 0)
                {
                    throw new InvalidOperationException("pipeline broke");
                }
            },
        };
        await using var node = new NodeFixture(script.Catalogue());
        await node.StartAsync(node.Options(Scripted + """, { "name": "b", "source": { "type": "numbers", "count": 500 }, "sum": { } }"""));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, node.Stream("a").Restarts);
        Assert.Equal(0, node.Stream("b").Restarts);
        await node.StopAsync();

        IReadOnlyList<SensorEvent> events = await node.EventsAsync();
        StreamNotice[] a = [.. events.Where(e => e.Source.Stream == "a").Select(NodeEvents.Notice.Read)];
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n * (n + 1) / 2}"), a.Where(n => n.Code == "sum").Select(n => n.Message));
        Assert.Contains("pipeline broke", Assert.Single(a, n => n.Code == "failed").Message);
        Assert.Equal(501, events.Count(e => e.Source.Stream == "b"));
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_says_where_and_what_to_do()
    {
        var script = new Script
        {
            Read = (opening, after, _) => opening == 1 ? throw new SourceException("file.h5", "dataset /data", "It is empty.", "Remove it.") : Numbers(after, 3),
        };
        await using var node = new NodeFixture(script.Catalogue());
        await node.StartAsync(node.Options(Scripted));
        await node.Host.AllFinishedAsync(TestContext.Current.CancellationToken);
        await node.StopAsync();

        StreamNotice notice = Assert.Single((await node.EventsAsync()).Select(NodeEvents.Notice.Read), n => n.Code == "failed");
        Assert.Equal(("file.h5", "dataset /data", "Remove it."), (notice.Input, notice.Position, notice.Remedy));
    }

    [Fact]
    public async Task A_live_source_drops_its_oldest_blocks_and_never_a_notice()
    {
        var everythingCame = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var script = new Script
        {
            Behaviour = SourceBehaviour.Live,
            Read = (_, _, cancellation) => Burst(began.Task, everythingCame, cancellation),
            Before = block =>
            {
                if (block.First == 0)
                {
                    began.SetResult();
                    everythingCame.Task.Wait();
                }
            },
        };
        await using var node = new NodeFixture(script.Catalogue());
        await node.StartAsync(node.Options(Scripted.Replace("\"name\"", "\"queueBlocks\": 4, \"name\"", StringComparison.Ordinal)));
        await node.WaitAsync(status => status.Streams[0].LastSample == NumberBlock.Epoch.AddSeconds(100));
        Assert.Equal(100 - 4, node.Stream().DroppedBlocks);
        Assert.Equal(5, node.Stream().Blocks);
        await node.StopAsync();

        StreamNotice[] notices = [.. (await node.EventsAsync()).Select(NodeEvents.Notice.Read)];
        Assert.Single(notices, notice => notice.Code == "gap");
        Assert.Contains("96 blocks", Assert.Single(notices, notice => notice.Code == "dropped").Message);
    }

    private async Task AdvanceUntilAsync(Task signal)
    {
        while (!signal.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(signal, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async IAsyncEnumerable<SourceItem<NumberBlock>> OneThenSilence(int opening, SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Script.Block(opening);
        await Script.ForeverAsync(cancellation);
    }

    private static async IAsyncEnumerable<SourceItem<NumberBlock>> Endless(int opening, SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long number = 0; !cancellation.IsCancellationRequested; number++)
        {
            await Task.Yield();
            yield return Script.Block(number);
        }
    }

    private static async IAsyncEnumerable<SourceItem<NumberBlock>> Numbers(SourcePosition? after, long count)
    {
        await Task.Yield();
        for (long number = after is { } position ? long.Parse(position.Value) : 0; number < count; number++)
        {
            yield return Script.Block(number);
        }
    }

    private static async IAsyncEnumerable<SourceItem<NumberBlock>> Burst(Task began, TaskCompletionSource all, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Script.Block(0);
        await began.WaitAsync(cancellation);
        yield return SourceItem<NumberBlock>.Of(
            new StreamNotice { Code = "gap", Severity = NoticeSeverity.Warning, Message = "A gap." }, NumberBlock.Epoch, new SourcePosition("1"));
        for (long number = 1; number <= 100; number++)
        {
            yield return Script.Block(number);
        }

        all.SetResult();
        await Script.ForeverAsync(cancellation);
    }

    private static async IAsyncEnumerable<SourceItem<NumberBlock>> Deaf(Task never)
    {
        await never;
        yield break;
    }
}
