using Sensing.Configuration;
using Sensing.Vision.Sources;

namespace Sensing.Drones.Sources;

/// <summary>Segments of drones from files.</summary>
public sealed record SegmentSourceOptions : ICheckedOptions
{
    [Option("The drones; each at a phase of its own.", Required = true, Min = 1, Max = 64)]
    public DroneFeedOptions[] Drones { get; init; } = [];

    [Option("Between a drone's segments, s.", Min = 0.01, Max = 60)]
    public double PeriodSeconds { get; init; } = 1;

    [Option("Start over when the files have ended.")]
    public bool Repeat { get; init; }

    [Option("Behave as drones in flight: a segment comes when its time has come, and its time is the present. False: as a recording, as fast as segments are taken.")]
    public bool Live { get; init; } = true;

    [Option("Time of the first segment of a recording, ISO 8601.", Example = "\"2026-05-07T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Width to which frames are scaled down, pixels; the aspect ratio is kept, and smaller ones stay as they are.", Min = 64, Max = 4096)]
    public int WorkWidth { get; init; } = 640;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Drones.Select(drone => drone.Name).Distinct(StringComparer.Ordinal).Count() != Drones.Length)
        {
            yield return new ConfigurationProblem("drones", "two have the same name");
        }

        foreach (ConfigurationProblem problem in RecordingStart.Check(StartTime))
        {
            yield return problem;
        }
    }
}
