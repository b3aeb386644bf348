using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;

namespace Sensing.Vision.Sources;

/// <summary>One recorded video, from its beginning or from what follows a position.</summary>
internal sealed class VideoFile : IAsyncDisposable
{
    private const int MaxRestarts = 3;

    /// <summary>Closer than any camera's pictures: times that go backwards arrive like this.</summary>
    private static readonly TimeSpan Closest = TimeSpan.FromMilliseconds(1);

    /// <summary>So far before the last picture decoding begins again, at the key frame before.</summary>
    private static readonly TimeSpan SeekMargin = TimeSpan.FromSeconds(1);

    private readonly VideoSourceOptions _options;
    private readonly FfmpegPrograms _programs;
    private readonly string _path;
    private readonly CancellationToken _cancellation;
    private readonly Func<TimeSpan, DateTimeOffset?> _timeOf;
    private readonly Queue<StreamNotice> _notices = new();
    private readonly bool _resumes;
    private MediaInfo? _media;
    private FrameStream? _stream;
    private CancellationTokenRegistration _kill;
    private TimeSpan? _pending;
    private bool _seeks = true, _sought, _met, _missed, _caughtUp, _backwards, _done;
    private int _restarts;

    public VideoFile(
        VideoSourceOptions options, FfmpegPrograms programs, string name, string path, VideoPosition position, CancellationToken cancellation)
    {
        _options = options;
        _programs = programs;
        _path = path;
        _cancellation = cancellation;
        _timeOf = TimeOf;
        _resumes = position.Name == name && !position.Finished;
        Position = _resumes ? position : position with { Name = name, Finished = false, Pts = null };
    }

    /// <summary>Where the file stands; after its end, finished.</summary>
    public VideoPosition Position { get; private set; }

    /// <summary>Why nothing of the file could be read; null: something was.</summary>
    public SourceException? Mistake { get; private set; }

    /// <summary>The next frame or notice; null at the end.</summary>
    public async ValueTask<SourceItem<Frame>?> NextAsync()
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_notices.TryDequeue(out StreamNotice? notice))
            {
                return SourceItem<Frame>.Of(notice, Position.Last ?? Position.FileStart, Position.ToSourcePosition());
            }

            if (_done)
            {
                return null;
            }

            if (_stream is null && !await OpenAsync().ConfigureAwait(false))
            {
                Finish();
                continue;
            }

            if (await _stream!.NextAsync(_timeOf).ConfigureAwait(false) is { } frame)
            {
                if (_cancellation.IsCancellationRequested)
                {
                    frame.Dispose();
                    continue;
                }

                TimeSpan interval = Position.Pts is { } before ? _pending!.Value - before : _media!.FrameInterval ?? Position.Interval;
                Position = Position with { Pts = _pending, Last = frame.Time, Interval = interval };
                _restarts = 0;
                return SourceItem<Frame>.Of(frame, Position.ToSourcePosition());
            }

            await EndAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async ValueTask<bool> OpenAsync()
    {
        if (_media is null)
        {
            if (Precheck() is { } problem)
            {
                Mistake = problem;
                return false;
            }

            (_media, string? reason) = await MediaProbe.ReadAsync(_programs, ["-i", "file:" + _path], _cancellation).ConfigureAwait(false);
            if (_media is null)
            {
                Mistake = new SourceException(
                    _path, null, $"FFmpeg cannot read this as a video: {ErrorLines.WithoutCredentials(reason!)}.",
                    "Check that it is a video that was completely written; play it with ffplay to see what is left of it.");
                return false;
            }

            if (!_resumes)
            {
                Begin(_media);
            }
        }

        TimeSpan seek = Position.Pts - _media.Start - SeekMargin ?? TimeSpan.Zero;
        _sought = _seeks && seek > TimeSpan.Zero;
        (_met, _missed, _caughtUp) = (false, false, Position.Pts is null);
        _stream = await FrameStream.OpenAsync(_programs, new DecodeRequest
        {
            Input = ["-i", "file:" + _path],
            Media = _media,
            Options = _options,
            Sound = _options.Audio,
            Seek = _sought ? seek : null,
        }).ConfigureAwait(false);
        _kill = _cancellation.Register(_stream.Kill);
        return true;
    }

    private SourceException? Precheck()
    {
        var file = new FileInfo(_path);
        return !file.Exists ? new SourceException(_path, null, "There is no such file.", "Check the path.")
            : file.Length == 0 ? new SourceException(_path, null, "The file is empty.", "Copy it again, or remove it.")
            : null;
    }

    /// <summary>Decides when the file begins.</summary>
    private void Begin(MediaInfo media)
    {
        DateTimeOffset? expected = Position.Expected;
        DateTimeOffset? given = RecordingStart.Parse(_options.StartTime);
        DateTimeOffset start = expected is null
            ? given ?? media.Created ?? new DateTimeOffset(File.GetLastWriteTimeUtc(_path), TimeSpan.Zero) - (media.Duration ?? TimeSpan.Zero)
            : given is null && media.Created > expected ? media.Created.Value : expected.Value;
        if (expected is { } end && start - end > TimeSpan.FromSeconds(1))
        {
            _notices.Enqueue(CameraNotices.Gap(_path, end, start));
        }

        Position = Position with { FileStart = start };
    }

    /// <summary>The time of a frame; null where it was there before, or must not be used.</summary>
    private DateTimeOffset? TimeOf(TimeSpan pts)
    {
        if (Position.Pts is { } last)
        {
            if (_sought && !_met && pts >= last)
            {
                _met = pts == last;
                _missed = !_met;
                if (_missed)
                {
                    // The file's index leads past the last picture: decode from the beginning instead.
                    _stream!.Kill();
                    return null;
                }

                // What was damaged before was reported before.
                _stream!.Errors.Forget();
            }

            if (pts - last < Closest)
            {
                if (_caughtUp && !_backwards)
                {
                    _backwards = true;
                    _notices.Enqueue(CameraNotices.Backwards(_path, last - _media!.Start));
                }

                return null;
            }
        }

        _caughtUp = true;
        _pending = pts;
        return Position.FileStart + (pts - _media!.Start);
    }

    /// <summary>FFmpeg has ended: by itself, killed, or because the seek missed.</summary>
    private async ValueTask EndAsync()
    {
        int exit = await _stream!.ExitAsync().ConfigureAwait(false);
        _cancellation.ThrowIfCancellationRequested();
        if (_missed)
        {
            _seeks = false;
            await CloseAsync().ConfigureAwait(false);
            return;
        }

        // 128 + signal; 255 where FFmpeg took a signal and ended in order.
        if (exit > 128 && _restarts < MaxRestarts)
        {
            _restarts++;
            _notices.Enqueue(CameraNotices.Restarted(_path, Position.Pts - _media!.Start, exit == 255 ? "stopped by a signal" : $"killed by signal {exit - 128}"));
            await CloseAsync().ConfigureAwait(false);
            return;
        }

        string text = _stream.Errors.Text;
        if (Position.Pts is null)
        {
            Mistake = new SourceException(
                _path, null, $"FFmpeg could not decode a single picture{(text.Length > 0 ? $": {text}" : "")}.",
                "Check the recording, and the option 'hardwareDecoder' if it is set.");
        }
        else
        {
            Report(exit, text);
        }

        await CloseAsync().ConfigureAwait(false);
        Finish();
    }

    private void Report(int exit, string text)
    {
        if (exit > 128)
        {
            throw new SourceException(
                _path, CameraNotices.Seconds(Position.Pts!.Value - _media!.Start), $"FFmpeg was killed {MaxRestarts + 1} times at this place.",
                "Check the system log for memory shortage; check the file with ffplay.");
        }

        int errors = _stream!.Errors.Count;
        if (errors > 0 || exit != 0)
        {
            _notices.Enqueue(CameraNotices.Damaged(_path, Math.Max(1, errors), _stream.Errors.First ?? (text.Length > 0 ? text : $"exit code {exit}")));
        }

        TimeSpan end = Position.Pts!.Value + Position.Interval - _media!.Start;
        if (_media.Duration is { } duration && duration - end > TimeSpan.FromSeconds(1))
        {
            _notices.Enqueue(CameraNotices.Truncated(_path, end, duration));
        }
    }

    private void Finish()
    {
        Position = Position with { Finished = true };
        _done = true;
    }

    private async ValueTask CloseAsync()
    {
        await _kill.DisposeAsync().ConfigureAwait(false);
        if (_stream is { } stream)
        {
            _stream = null;
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
