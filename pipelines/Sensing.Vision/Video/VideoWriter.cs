using System.Globalization;
using Sensing.Streams;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;

namespace Sensing.Vision.Video;

/// <summary>Writes pictures to an MP4 file (H.264), one after the other at a constant rate.</summary>
/// <remarks>The file appears under its name once it is complete; it is written beside it until then. Not thread-safe.</remarks>
public sealed class VideoWriter : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly double _framesPerSecond;
    private readonly FfmpegPrograms _programs;
    private FfmpegProcess? _ffmpeg;
    private (int Width, int Height, bool IsFrame) _kind;

    /// <param name="path">File to write, .mp4.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    /// <exception cref="VideoException">Another ending.</exception>
    public VideoWriter(string path, double framesPerSecond)
        : this(path, framesPerSecond, FfmpegPrograms.System)
    {
    }

    internal VideoWriter(string path, double framesPerSecond, FfmpegPrograms programs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        if (!path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
        {
            throw new VideoException($"{path}: videos are written as .mp4.");
        }

        _path = Path.GetFullPath(path);
        _partial = _path[..^4] + ".part.mp4";
        _framesPerSecond = framesPerSecond;
        _programs = programs;
    }

    /// <summary>Appends a frame.</summary>
    /// <exception cref="VideoException">It has another size than those before, or the file cannot be written.</exception>
    public void Write(Frame frame) => Write(frame.Raw.Span, (frame.Width, frame.Height, IsFrame: true));

    /// <summary>Appends a drawing.</summary>
    /// <exception cref="VideoException">It has another size than those before, or the file cannot be written.</exception>
    public void Write(FrameCanvas drawing) => Write(drawing.Rgba, (drawing.Width, drawing.Height, IsFrame: false));

    /// <summary>Ends the file.</summary>
    /// <exception cref="VideoException">No picture was written, or the file cannot be written.</exception>
    public void Complete()
    {
        if (_ffmpeg is not { } ffmpeg)
        {
            throw new VideoException($"{_path}: there are no pictures to write.");
        }

        try
        {
            ffmpeg.Input.Dispose();
        }
        catch (IOException)
        {
            // It has ended; its exit code tells why.
        }

        if (ffmpeg.ExitAsync().GetAwaiter().GetResult() != 0)
        {
            throw Failed();
        }

        Close();
        File.Move(_partial, _path, overwrite: true);
    }

    /// <summary>Ends; what was not completed is deleted.</summary>
    public void Dispose()
    {
        if (_ffmpeg is not null)
        {
            Close();
            if (File.Exists(_partial))
            {
                File.Delete(_partial);
            }
        }
    }

    private void Write(ReadOnlySpan<byte> picture, (int Width, int Height, bool IsFrame) kind)
    {
        if (_ffmpeg is null)
        {
            _kind = kind;
            _ffmpeg = Start();
        }
        else if (kind != _kind)
        {
            throw new VideoException(
                $"{_path}: a picture of {kind.Width} × {kind.Height} follows pictures of {_kind.Width} × {_kind.Height}, or drawings and frames are mixed.");
        }

        try
        {
            _ffmpeg.Input.Write(picture);
        }
        catch (IOException error)
        {
            _ffmpeg.ExitAsync().GetAwaiter().GetResult();
            throw Failed(error);
        }
    }

    private FfmpegProcess Start()
    {
        // Limited range and a tag of the matrix: what players expect of H.264. Its chroma needs even sides.
        string[] arguments =
        [
            "-hide_banner", "-nostats", "-loglevel", "error", "-y", "-f", "rawvideo",
            "-pix_fmt", _kind.IsFrame ? "yuv420p" : "rgba", "-color_range", "pc",
            "-s", string.Create(CultureInfo.InvariantCulture, $"{_kind.Width}x{_kind.Height}"),
            "-r", _framesPerSecond.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0",
            "-vf", "scale=in_color_matrix=bt601:in_range=full:out_color_matrix=bt601:out_range=limited,pad=ceil(iw/2)*2:ceil(ih/2)*2,format=yuv420p",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-colorspace", "smpte170m", "-color_range", "tv",
            "-movflags", "+faststart", "file:" + _partial,
        ];
        try
        {
            return FfmpegProcess.StartAsync(_programs, _programs.Ffmpeg, arguments, hasInput: true).GetAwaiter().GetResult();
        }
        catch (SourceException error)
        {
            throw new VideoException(error.Message, error);
        }
    }

    private VideoException Failed(Exception? inner = null)
    {
        string text = _ffmpeg!.Errors.Text;
        return new VideoException($"{_path} cannot be written{(text.Length > 0 ? $": {text}" : "")}. Check the folder and the space on the disk.", inner);
    }

    private void Close()
    {
        _ffmpeg!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _ffmpeg = null;
    }
}
