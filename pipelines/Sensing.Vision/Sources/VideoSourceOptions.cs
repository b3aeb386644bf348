using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>Recorded videos.</summary>
public sealed record VideoSourceOptions : CameraOptions, ICheckedOptions
{
    [Option("Files in order of time; relative ones start at the configuration's folder. A name may hold * and ?; the files that it fits are taken in order of their names.",
        Required = true, Min = 1, Example = "[\"recordings/junction_*.mp4\"]")]
    public string[] Files { get; init; } = [];

    [Option("When the first file begins, ISO 8601; further files follow without a gap. Left out, it is the recording time in the file; without one, the time at which the file was last written less its length. A further file without a recording time follows the one before.",
        Example = "\"2026-05-07T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Attach the sound, where the file has some.")]
    public bool Audio { get; init; } = true;

    public IEnumerable<ConfigurationProblem> Check() => RecordingStart.Check(StartTime);
}
