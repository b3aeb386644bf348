using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>Pictures in a folder.</summary>
public sealed record ImagesSourceOptions : ICheckedOptions
{
    [Option("Pictures (JPEG, PNG, BMP) in order of time; relative ones start at the configuration's folder. A name may hold * and ?; the files that it fits are taken in order of their names, numbers in them by their value.",
        Required = true, Min = 1, Example = "[\"frames/*.jpg\"]")]
    public string[] Files { get; init; } = [];

    [Option("Rate at which the pictures were taken, frames/s.", Above = 0, Max = 1000)]
    public double FramesPerSecond { get; init; } = 25;

    [Option("When the first picture was taken, ISO 8601 (default: the time at which its file was last written).", Example = "\"2026-05-07T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Width to which pictures are scaled down, pixels; the aspect ratio is kept, and smaller pictures stay as they are. Set-ups stay in the camera's own pixels.", Min = 64, Max = 4096)]
    public int WorkWidth { get; init; } = 640;

    public IEnumerable<ConfigurationProblem> Check() => RecordingStart.Check(StartTime);
}
