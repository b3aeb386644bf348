using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;

namespace Sensing.Vision.Sources.Live;

/// <summary>A live camera from one opening to its loss, watched: where no picture comes in time, FFmpeg is killed.</summary>
internal sealed class LiveSession : IAsyncDisposable
{
    private readonly LiveCameraOptions _options;
    private readonly LiveInput _input;
    private readonly LiveClock _clock;
    private readonly FfmpegPrograms _programs;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _kill;
    private readonly ITimer _watchdog;
    private readonly Func<TimeSpan, DateTimeOffset?> _timeOf;
    private FrameStream? _stream;
    private CancellationTokenRegistration _registration;
    private volatile bool _timedOut;

    public LiveSession(
        LiveCameraOptions options, LiveInput input, LiveClock clock, FfmpegPrograms programs, TimeProvider time, CancellationToken cancellation)
    {
        _options = options;
        _input = input;
        _clock = clock;
        _programs = programs;
        _time = time;
        _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        _kill = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _timeOf = pts => _time.GetUtcNow() is var arrival && _input.ByArrival ? _clock.TimeOf(arrival) : _clock.TimeOf(pts, arrival);
        _watchdog = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why the camera is lost; null: it is not.</summary>
    public string? Problem { get; private set; }

    /// <summary>FFmpeg's process; null: there is none yet.</summary>
    public int? ProcessId => _stream?.ProcessId;

    /// <summary>The next frame; null: the camera is lost, see <see cref="Problem"/>, or the reading was cancelled.</summary>
    /// <exception cref="SourceException">FFmpeg is not installed.</exception>
    public async ValueTask<Frame?> NextAsync()
    {
        // Watched only while we wait: a slow reader is not the camera's fault.
        _watchdog.Change(_timeout, Timeout.InfiniteTimeSpan);
        Frame? frame = _stream is not null || await OpenAsync().ConfigureAwait(false)
            ? await ReadAsync().ConfigureAwait(false)
            : null;
        _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return frame;
    }

    public async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync().ConfigureAwait(false);
        await _registration.DisposeAsync().ConfigureAwait(false);
        if (_stream is { } stream)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }

        _kill.Dispose();
    }

    private async ValueTask<bool> OpenAsync()
    {
        try
        {
            (MediaInfo? media, string? problem) = await MediaProbe.ReadAsync(_programs, _input.Arguments, _kill.Token).ConfigureAwait(false);
            if (media is null)
            {
                Problem = problem;
                return false;
            }

            _clock.Restart();
            _stream = await FrameStream.OpenAsync(_programs, new DecodeRequest
            {
                Input = _input.Arguments,
                Media = media,
                Options = _options,
                Sound = _input.Sound,
                Live = true,
            }).ConfigureAwait(false);
            _registration = _kill.Token.Register(_stream.Kill);
            return true;
        }
        catch (OperationCanceledException)
        {
            Problem = Silence();
            return false;
        }
    }

    private async ValueTask<Frame?> ReadAsync()
    {
        if (await _stream!.NextAsync(_timeOf).ConfigureAwait(false) is { } frame)
        {
            return frame;
        }

        int exit = await _stream.ExitAsync().ConfigureAwait(false);
        Problem = _timedOut ? Silence()
            : _stream.Errors.Summary is { } error ? error
            : exit > 128 ? $"FFmpeg was killed by signal {exit - 128}"
            : "the stream ended";
        return null;
    }

    private string Silence() => $"no picture for {CameraNotices.Seconds(_timeout)}";

    private void Expire()
    {
        _timedOut = true;
        try
        {
            _kill.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session has ended meanwhile.
        }
    }
}
