using System.Globalization;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;
using Sensing.Vision.Sources.Live;

namespace Sensing.Vision.Sources;

/// <summary>A camera at this machine: Video4Linux2.</summary>
public sealed class V4l2Source : ISource<Frame>
{
    private readonly LiveCamera _camera;

    public V4l2Source(V4l2SourceOptions options, StreamContext context)
    {
        var input = new LiveInput(options.Device, Arguments(options)) { Precheck = () => Missing(options.Device) };
        _camera = new LiveCamera(options, input, context, FfmpegPrograms.System);
    }

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<Frame>> ReadAsync(SourcePosition? after, CancellationToken cancellation) =>
        _camera.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static List<string> Arguments(V4l2SourceOptions options)
    {
        var arguments = new List<string> { "-f", "v4l2" };
        if (options.InputFormat is { } format)
        {
            arguments.AddRange(["-input_format", format]);
        }

        if (options is { Width: { } width, Height: { } height })
        {
            arguments.AddRange(["-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}")]);
        }

        if (options.FramesPerSecond is { } rate)
        {
            arguments.AddRange(["-framerate", rate.ToString(CultureInfo.InvariantCulture)]);
        }

        return [.. arguments, "-i", options.Device];
    }

    private static SourceException? Missing(string device)
    {
        if (File.Exists(device))
        {
            return null;
        }

        string[] others = Directory.Exists("/dev") ? [.. Directory.EnumerateFiles("/dev", "video*").Order(StringComparer.Ordinal)] : [];
        return new SourceException(
            device, null, "There is no such device.",
            others.Length == 0
                ? "No camera is connected to this machine: check the plug, and 'dmesg' for the camera's driver."
                : $"Correct the option 'device' (cameras: {string.Join(", ", others)}).");
    }
}
