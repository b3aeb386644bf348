using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>A camera at this machine.</summary>
public sealed record V4l2SourceOptions : LiveCameraOptions
{
    [Option("Device.", Pattern = "/dev/.+", PatternMeaning = "/dev/NAME", Example = "\"/dev/video0\"")]
    public string Device { get; init; } = "/dev/video0";

    [Option("Width that the camera is asked for, pixels, together with height (default: the camera's own choice).", Min = 16, Max = 16384)]
    public int? Width { get; init; }

    [Option("Height that the camera is asked for, pixels.", Min = 16, Max = 16384)]
    public int? Height { get; init; }

    [Option("Rate that the camera is asked for, frames/s (default: the camera's own choice).", Above = 0, Max = 1000)]
    public double? FramesPerSecond { get; init; }

    [Option("Format that the camera is asked for, as FFmpeg names it: mjpeg, yuyv422, h264, … (default: the camera's own choice). 'ffmpeg -f v4l2 -list_formats all -i /dev/video0' lists a camera's.",
        Pattern = "[a-z0-9_]+", PatternMeaning = "a name of lower-case letters, digits and underscores")]
    public string? InputFormat { get; init; }

    public override IEnumerable<ConfigurationProblem> Check()
    {
        foreach (ConfigurationProblem problem in base.Check())
        {
            yield return problem;
        }

        if (Width is null != Height is null)
        {
            yield return new ConfigurationProblem(Width is null ? "width" : "height", "is missing: width and height go together");
        }
    }
}
