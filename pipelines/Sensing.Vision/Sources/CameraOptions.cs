using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>What all sources of pictures have in common that FFmpeg decodes.</summary>
public abstract record CameraOptions
{
    [Option("Width to which pictures are scaled down, pixels; the aspect ratio is kept, and smaller pictures stay as they are. Set-ups stay in the camera's own pixels.", Min = 64, Max = 4096)]
    public int WorkWidth { get; init; } = 640;

    [Option("Frames above this rate are left out, frames/s (default: all are used).", Above = 0, Max = 1000)]
    public double? MaxFramesPerSecond { get; init; }

    [Option("FFmpeg's hardware decoder, such as h264_v4l2m2m (Raspberry Pi 4), or hardware acceleration, such as vaapi, drm or cuda (default: decode on the CPU). One that does not exist on this machine is an error.",
        Pattern = "[a-z0-9_]+", PatternMeaning = "a name of lower-case letters, digits and underscores", Example = "\"h264_v4l2m2m\"")]
    public string? HardwareDecoder { get; init; }

    [Option("Threads of FFmpeg's decoder. One decodes several times real time at 720p and has the shortest delay.", Min = 1, Max = 16)]
    public int DecoderThreads { get; init; } = 1;
}
