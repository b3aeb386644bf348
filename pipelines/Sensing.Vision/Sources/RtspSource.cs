using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;
using Sensing.Vision.Sources.Live;

namespace Sensing.Vision.Sources;

/// <summary>A camera over RTSP, with its sound.</summary>
public sealed class RtspSource : ISource<Frame>
{
    private readonly LiveCamera _camera;

    public RtspSource(RtspSourceOptions options, StreamContext context)
        : this(options, context, FfmpegPrograms.System)
    {
    }

    internal RtspSource(RtspSourceOptions options, StreamContext context, FfmpegPrograms programs)
    {
        string transport = options.Transport == RtspTransport.Udp ? "udp" : "tcp";
        var input = new LiveInput(ErrorLines.WithoutCredentials(options.Url), ["-rtsp_transport", transport, "-i", options.Url])
        {
            Sound = options.Audio,
        };
        _camera = new LiveCamera(options, input, context, programs);
    }

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<Frame>> ReadAsync(SourcePosition? after, CancellationToken cancellation) =>
        _camera.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
