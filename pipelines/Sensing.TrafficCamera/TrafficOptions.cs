using Sensing.Configuration;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Emergency;
using Sensing.TrafficCamera.LightBars;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sirens;
using Sensing.TrafficCamera.Snapshots;

namespace Sensing.TrafficCamera;

/// <summary>A traffic camera: what it sees and what is reported of it.</summary>
public sealed record TrafficOptions : ICheckedOptions
{
    [Option("Carriageways that the camera sees. 'edge-node camera calibrate' draws them over a frame.", Required = true, Min = 1, Max = 4)]
    public ApproachOptions[] Approaches { get; init; } = [];

    [Option("How the empty road is learned.")]
    public BackgroundOptions Background { get; init; } = new();

    [Option("Bad sight and faults of the camera.")]
    public SightOptions Sight { get; init; } = new();

    [Option("A detection model that helps with classes and with vehicles that stand (default: none: no model runs).")]
    public DetectorOptions? Detector { get; init; }

    [Option("How sirens are found in the sound.")]
    public SirenOptions Sirens { get; init; } = new();

    [Option("How flashing light bars are found on vehicles.")]
    public LightBarOptions LightBars { get; init; } = new();

    [Option("How evidence for emergency vehicles is fused.")]
    public EmergencyOptions Emergency { get; init; } = new();

    [Option("What is reported of the approaches.")]
    public ReportOptions Report { get; init; } = new();

    [Option("Pictures as events (default: none: no picture leaves the node).")]
    public SnapshotOptions? Snapshots { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        foreach (IGrouping<string, ApproachOptions> same in Approaches.GroupBy(approach => approach.Name).Where(group => group.Count() > 1))
        {
            yield return new ConfigurationProblem("approaches", $"has the name '{same.Key}' more than once: each approach needs a name of its own");
        }
    }
}
