using Sensing.Configuration;
using Sensing.Drones.Live;
using Sensing.Scheduling;
using Sensing.Scheduling.Policies;

namespace Sensing.Drones;

/// <summary>The drones' tasks by deadline: one stream is one edge accelerator with its drones.</summary>
public sealed record DroneOptions : ICheckedOptions
{
    [Option("Task types that every segment gives rise to.", Min = 1, Max = 6)]
    public DroneTaskKind[] Tasks { get; init; } =
    [
        DroneTaskKind.HazardVest, DroneTaskKind.DistanceToPerson, DroneTaskKind.MaskDetection, DroneTaskKind.BodyPose, DroneTaskKind.CrowdDensity,
        DroneTaskKind.DistanceToObjects,
    ];

    [Option("Benefits, costs and deadlines that differ from the published ones.", Max = 6, Example = "[{ \"task\": \"hazardVest\", \"deadlineMs\": 300 }]")]
    public DroneTypeOptions[] Types { get; init; } = [];

    [Option("Scheduling policy (docs/scheduling.md).", Min = 1)]
    public string Policy { get; init; } = "Plan-ahead";

    [Option("Tasks of a segment share one run of the detector. False: each runs it, as the published measurements do.")]
    public bool ShareInference { get; init; } = true;

    [Option("Detectors, the one that tasks are planned with first; a better one runs where nothing else waits for the edge and the deadline allows it.", Min = 1, Max = 4)]
    public string[] Detectors { get; init; } = ["centernet"];

    [Option("Models of poses, likewise.", Min = 1, Max = 2)]
    public string[] Poses { get; init; } = ["movenet-lightning"];

    [Option("Model of faces.", Min = 1)]
    public string Face { get; init; } = "blazeface";

    [Option("Threads that a run on the edge uses.", Min = 1, Max = 64)]
    public int Threads { get; init; } = 1;

    [Option("The drones' camera.")]
    public DroneCamera Camera { get; init; } = DroneCamera.Default;

    [Option("Inference in the cloud (default: none).")]
    public DroneCloudOptions? Cloud { get; init; }

    [Option("Period of the reports on the quality of service, s.", Min = 1, Max = 3600)]
    public double QosSeconds { get; init; } = 5;

    [Option("Windows of the quality of experience, s.", Min = 1, Max = 3600)]
    public double WindowSeconds { get; init; } = 20;

    [Option("Share of a window's tasks that must be done for its bonus.", Above = 0, Max = 1)]
    public double WindowRate { get; init; } = 0.9;

    [Option("One picture a drone at this interval, s; 0: none. Heads of the persons that HV finds are blurred; a person "
        + "that it misses stays recognisable.", Min = 0, Max = 3600)]
    public double PictureSeconds { get; init; }

    /// <summary>The types, their time on the edge as given.</summary>
    /// <param name="edgeMs">Expected time of a task on the edge, ms.</param>
    internal IReadOnlyList<InferenceTaskType> TypesWith(Func<DroneTaskKind, int> edgeMs) => [.. Tasks.Select(kind =>
    {
        InferenceTaskType published = DroneTaskTypes.Published(kind);
        DroneTypeOptions own = Types.FirstOrDefault(type => type.Task == kind) ?? new DroneTypeOptions();
        int deadline = own.DeadlineMs ?? published.DeadlineMs;
        return published with
        {
            Benefit = own.Benefit ?? published.Benefit,
            DeadlineMs = deadline,
            EdgeMs = edgeMs(kind),

            // Without a cloud: never in time, so that no policy sends a task there.
            CloudMs = Cloud is null ? deadline + 1 : own.CloudMs ?? published.CloudMs,
            EdgeCost = own.EdgeCost ?? published.EdgeCost,
            CloudCost = own.CloudCost ?? published.CloudCost,
            QoeBonus = own.QoeBonus ?? published.QoeBonus,
        };
    })];

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (PolicyCatalogue.Create(Policy) is null)
        {
            yield return new ConfigurationProblem("policy", $"unknown policy '{Policy}' (known: {string.Join(", ", PolicyCatalogue.Names)})");
        }

        if (Tasks.Distinct().Count() != Tasks.Length)
        {
            yield return new ConfigurationProblem("tasks", "names a task twice");
        }

        if (Types.Select(type => type.Task).Distinct().Count() != Types.Length)
        {
            yield return new ConfigurationProblem("types", "describes a task twice");
        }
    }
}
