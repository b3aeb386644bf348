using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>Frames out of one FFmpeg process.</summary>
internal sealed class FrameStream : IAsyncDisposable
{
    private readonly FfmpegProcess _process;
    private readonly NutReader _reader;
    private readonly DecodeRequest _request;
    private readonly SoundTrack? _sound;
    private byte[] _packet = new byte[4096];
    private bool _opened, _begun;

    private FrameStream(FfmpegProcess process, DecodeRequest request)
    {
        _process = process;
        _request = request;
        _reader = new NutReader(process.Output);
        _sound = request.HasSound ? new SoundTrack(DecodeRequest.SoundRate) : null;
    }

    public int ProcessId => _process.Id;

    /// <summary>What FFmpeg reports.</summary>
    public ErrorLines Errors => _process.Errors;

    /// <summary>Starts FFmpeg.</summary>
    /// <exception cref="SourceException">It cannot be started.</exception>
    public static async Task<FrameStream> OpenAsync(FfmpegPrograms programs, DecodeRequest request) =>
        new(await FfmpegProcess.StartAsync(programs, programs.Ffmpeg, request.Arguments()).ConfigureAwait(false), request);

    /// <summary>The next frame.</summary>
    /// <param name="timeOf">The time of a frame by its time in the input's own clock; null: the frame is left out.</param>
    /// <returns>Null: the stream has ended, for whatever reason.</returns>
    /// <exception cref="InvalidDataException">FFmpeg wrote what it should not.</exception>
    public async ValueTask<Frame?> NextAsync(Func<TimeSpan, DateTimeOffset?> timeOf)
    {
        if (!_opened && !await _reader.OpenAsync().ConfigureAwait(false))
        {
            return null;
        }

        _opened = true;
        while (await _reader.NextAsync().ConfigureAwait(false) is { } packet)
        {
            NutStream stream = _reader.Streams[packet.Stream];
            if (!stream.IsVideo)
            {
                if (!await TakeSoundAsync(stream, packet).ConfigureAwait(false))
                {
                    return null;
                }

                continue;
            }

            Sound? sound = _sound?.Take(stream.In(packet.Pts, DecodeRequest.SoundRate));
            sound = _begun ? sound : null;
            _begun = true;
            if (timeOf(stream.SpanOf(packet.Pts)) is not { } time)
            {
                if (!await _reader.SkipAsync().ConfigureAwait(false))
                {
                    return null;
                }

                continue;
            }

            return await ReadFrameAsync(stream, packet, time, sound).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Its exit code, once it has ended by itself or was killed.</summary>
    public Task<int> ExitAsync() => _process.ExitAsync();

    public void Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async ValueTask<Frame?> ReadFrameAsync(NutStream stream, NutPacket packet, DateTimeOffset time, Sound? sound)
    {
        if (packet.Size != Frame.SizeOf(stream.Width, stream.Height))
        {
            throw new InvalidDataException(
                $"FFmpeg sent a picture of {packet.Size} bytes; one of {stream.Width} × {stream.Height} has {Frame.SizeOf(stream.Width, stream.Height)}.");
        }

        var frame = Frame.Rent(stream.Width, stream.Height, time, sound, _request.Media.Width, _request.Media.Height);
        bool whole = false;
        try
        {
            whole = await _reader.ReadAsync(frame.Raw).ConfigureAwait(false);
        }
        finally
        {
            if (!whole)
            {
                frame.Dispose();
            }
        }

        return whole ? frame : null;
    }

    private async ValueTask<bool> TakeSoundAsync(NutStream stream, NutPacket packet)
    {
        if (_packet.Length < packet.Size)
        {
            _packet = new byte[packet.Size];
        }

        if (!await _reader.ReadAsync(_packet.AsMemory(0, packet.Size)).ConfigureAwait(false))
        {
            return false;
        }

        _sound?.Add(stream.In(packet.Pts, DecodeRequest.SoundRate), _packet.AsSpan(0, packet.Size));
        return true;
    }
}
