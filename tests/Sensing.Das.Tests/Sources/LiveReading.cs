using Microsoft.Extensions.Time.Testing;
using Sensing.Das.Sources;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Das.Tests.Sources;

/// <summary>A live source as it is read, one item after the other, by a clock that only the test turns.</summary>
internal sealed class LiveReading : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly OptoDasZmqSource _source;
    private readonly IAsyncEnumerator<SourceItem<DasBlock>> _items;
    private Task<bool>? _next;

    public LiveReading(OptoDasZmqSourceOptions options, SourcePosition? after = null)
    {
        _source = new OptoDasZmqSource(options, new StreamContext(new StreamAddress("site", "node", "stream"), Time, "."));
        _items = _source.ReadAsync(after, _cancel.Token).GetAsyncEnumerator(_cancel.Token);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public SourcePosition Position { get; private set; }

    public DateTimeOffset ItemTime { get; private set; }

    /// <summary>Begins to read, so that the source connects, without waiting for what comes.</summary>
    public void Begin() => _next ??= _items.MoveNextAsync().AsTask();

    public void Cancel() => _cancel.Cancel();

    /// <summary>The next block, as rows; the block itself is given back.</summary>
    public async Task<LiveBlock> BlockAsync()
    {
        SourceItem<DasBlock> item = await NextAsync();
        Assert.True(item.Sample is not null, $"A notice came where a block was expected: {item.Notice?.Message}");
        using DasBlock block = item.Sample;
        return new LiveBlock(block.Geometry, block.Time, [.. Enumerable.Range(0, block.Rows).Select(r => (block.TimeOf(r), block.Row(r).ToArray()))]);
    }

    public async Task<StreamNotice> NoticeAsync()
    {
        SourceItem<DasBlock> item = await NextAsync();
        item.Sample?.Dispose();
        return item.Notice ?? throw new InvalidOperationException($"A block of {item.Time:O} came where a notice was expected.");
    }

    /// <summary>Turns the clock until the source yields something.</summary>
    public async Task SilenceAsync()
    {
        Begin();
        while (!_next!.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(_next, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, _cancel.Token));
        }
    }

    public async Task<StreamNotice> NoticeAfterSilenceAsync()
    {
        await SilenceAsync();
        return await NoticeAsync();
    }

    public async Task<SourceItem<DasBlock>> NextAsync()
    {
        Begin();
        Task<bool> next = _next!;
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System));
        _next = null;
        Position = _items.Current.Next;
        ItemTime = _items.Current.Time;
        return _items.Current;
    }

    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        if (_next is not null)
        {
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _items.DisposeAsync();
        await _source.DisposeAsync();
        _cancel.Dispose();
    }
}
