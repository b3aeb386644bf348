using Sensing.Modules;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Sources;

/// <summary>All sources of pictures, for every module whose pipeline takes <see cref="Frame"/>s.</summary>
public static class CameraSources
{
    /// <summary>Recordings that the sources read: what a module returns as <see cref="IPipelineModule.Recordings"/>.</summary>
    public static IReadOnlyList<RecordingKind> Recordings { get; } =
    [
        new RecordingKind("video", [".mp4", ".mkv", ".avi", ".mov", ".ts", ".webm"], "video", "files"),
        new RecordingKind("pictures", [".jpg", ".jpeg", ".png", ".bmp"], "images", "files"),
    ];

    /// <summary>Registers the sources, unless another module has done so.</summary>
    public static StreamCatalogue AddCameras(this StreamCatalogue streams)
    {
        if (streams.Of(StreamCatalogue.SourceKind).Any(source => source.Type == "video" && source.SampleType == typeof(Frame)))
        {
            return streams;
        }

        return streams
            .AddSource<Frame, VideoSourceOptions>(
                "video", "Recorded videos of any format that FFmpeg reads.",
                (options, context) => new VideoSource(options, context))
            .AddSource<Frame, ImagesSourceOptions>(
                "images", "Pictures in a folder, in the order of their names.",
                (options, context) => new ImagesSource(options, context))
            .AddSource<Frame, RtspSourceOptions>(
                "rtsp", "A camera over RTSP, with its sound.",
                (options, context) => new RtspSource(options, context))
            .AddSource<Frame, MjpegSourceOptions>(
                "mjpeg", "A camera that sends JPEG pictures over HTTP.",
                (options, context) => new MjpegSource(options, context))
            .AddSource<Frame, V4l2SourceOptions>(
                "v4l2", "A camera at this machine: Video4Linux2.",
                (options, context) => new V4l2Source(options, context));
    }
}
