using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;
using Sensing.Vision.Sources.Live;

namespace Sensing.Vision.Sources;

/// <summary>A camera that sends JPEG pictures over HTTP, one after the other in one answer.</summary>
public sealed class MjpegSource : ISource<Frame>
{
    private readonly LiveCamera _camera;

    public MjpegSource(MjpegSourceOptions options, StreamContext context)
        : this(options, context, FfmpegPrograms.System)
    {
    }

    internal MjpegSource(MjpegSourceOptions options, StreamContext context, FfmpegPrograms programs)
    {
        // The pictures carry no times. FFmpeg's clock, in steps of 40 ms, serves for leaving out frames alone.
        var input = new LiveInput(ErrorLines.WithoutCredentials(options.Url), ["-use_wallclock_as_timestamps", "1", "-i", options.Url])
        {
            ByArrival = true,
        };
        _camera = new LiveCamera(options, input, context, programs);
    }

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<Frame>> ReadAsync(SourcePosition? after, CancellationToken cancellation) =>
        _camera.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
