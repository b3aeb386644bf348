using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Tests.Sources;

/// <summary>A live camera that is read in the background, as a node does.</summary>
/// <remarks>The clock stands until the test advances it: the watchdog barks and the backoff ends when the test says so.</remarks>
internal sealed class CameraReading : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly Channel<SourceItem<Frame>> _items = Channel.CreateUnbounded<SourceItem<Frame>>();
    private readonly CancellationTokenSource _cancel = new();
    private readonly ISource<Frame> _source;
    private readonly Task _reading;

    /// <param name="open">Opens the source.</param>
    /// <param name="after">Position to read from.</param>
    /// <param name="clock">Its clock; null: <see cref="Time"/>.</param>
    public CameraReading(Func<StreamContext, ISource<Frame>> open, SourcePosition? after = null, TimeProvider? clock = null)
    {
        _source = open(new StreamContext(new StreamAddress("site", "node", "camera"), clock ?? Time, "/"));
        _reading = ReadAsync(after);
    }

    public FakeTimeProvider Time { get; } = new(Start);

    /// <summary>Position after the item taken last.</summary>
    public SourcePosition Position { get; private set; }

    /// <summary>The next frame; the caller disposes it. A notice before it is a failure.</summary>
    public async Task<Frame> FrameAsync()
    {
        SourceItem<Frame> item = await NextAsync();
        Assert.True(item.Notice is null, $"Unexpected: {item.Notice?.Message}");
        return item.Sample!;
    }

    public async Task FramesAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            (await FrameAsync()).Dispose();
        }
    }

    /// <summary>The next notice; frames before it are passed over.</summary>
    public async Task<StreamNotice> NoticeAsync()
    {
        while (true)
        {
            SourceItem<Frame> item = await NextAsync();
            item.Sample?.Dispose();
            if (item.Notice is { } notice)
            {
                return notice;
            }
        }
    }

    /// <summary>The next notice, whatever time must pass on the camera's clock for it.</summary>
    /// <param name="stepSeconds">Time that passes on its clock in a tenth of a second.</param>
    public async Task<StreamNotice> NoticeAfterTimeAsync(double stepSeconds = 0.1)
    {
        Task<StreamNotice> notice = NoticeAsync();
        while (!notice.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            await Task.WhenAny(notice, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await notice;
    }

    /// <summary>Ends the reading as a node does.</summary>
    public async Task<Exception?> CancelAsync()
    {
        await _cancel.CancelAsync();
        return await Record.ExceptionAsync(() => _reading);
    }

    public async ValueTask DisposeAsync()
    {
        await CancelAsync();
        while (_items.Reader.TryRead(out SourceItem<Frame>? item))
        {
            item.Sample?.Dispose();
        }

        await _source.DisposeAsync();
        _cancel.Dispose();
    }

    private async Task<SourceItem<Frame>> NextAsync()
    {
        if (!await _items.Reader.WaitToReadAsync(TestContext.Current.CancellationToken))
        {
            await _reading;
        }

        Assert.True(_items.Reader.TryRead(out SourceItem<Frame>? item));
        Position = item.Next;
        return item;
    }

    private async Task ReadAsync(SourcePosition? after)
    {
        try
        {
            await foreach (SourceItem<Frame> item in _source.ReadAsync(after, _cancel.Token))
            {
                _items.Writer.TryWrite(item);
            }
        }
        catch (Exception error)
        {
            _items.Writer.TryComplete(error);
            throw;
        }
    }
}
