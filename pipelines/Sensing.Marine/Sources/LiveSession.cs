namespace Sensing.Marine.Sources;

/// <summary>A live input from one opening to its loss, or to its silence.</summary>
internal sealed class LiveSession(
    Func<CancellationToken, Task<Stream>> open, TimeSpan silence, TimeProvider clock, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly CancellationTokenSource _watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private Stream? _stream;
    private LineBuffer? _lines;

    /// <summary>Why it ended.</summary>
    public string Problem { get; private set; } = "it ended";

    /// <summary>The next line that is not empty; null where the input is lost, or the reading was cancelled.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
    {
        using ITimer timer = clock.CreateTimer(_ => _watch.Cancel(), null, silence, Timeout.InfiniteTimeSpan);
        try
        {
            if (_lines is null)
            {
                _stream = await open(_watch.Token).ConfigureAwait(false);
                _lines = new LineBuffer(_stream);
            }

            while (await _lines.ReadAsync(_watch.Token).ConfigureAwait(false) is { } line)
            {
                if (line.Length > 0)
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Problem = FormattableString.Invariant($"nothing came for {silence.TotalSeconds:0.###} s");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            Problem = error.Message.TrimEnd('.');
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        if (_stream is { } stream)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
