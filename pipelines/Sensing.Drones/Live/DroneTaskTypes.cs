using Sensing.Scheduling;

namespace Sensing.Drones.Live;

/// <summary>The task types that can be run live, with the published benefits and costs.</summary>
public static class DroneTaskTypes
{
    private static readonly string[] Summaries =
        ["hazard vest", "distance to the person", "mask", "body pose", "crowd density", "distance to objects"];

    /// <summary>The published row: benefit, costs and bonus, and the times of a Jetson Nano and AWS Lambda.</summary>
    public static InferenceTaskType Published(DroneTaskKind kind) => PublishedTaskTypes.Active[(int)kind];

    /// <summary>Short name, such as <c>HV</c>; also the name of the model that an inference endpoint serves for it, in
    /// lower case.</summary>
    public static string Name(DroneTaskKind kind) => Published(kind).Name;

    /// <summary>What it finds, in words.</summary>
    public static string Summary(DroneTaskKind kind) => Summaries[(int)kind];

    /// <summary>The kind of this short name, in any case; null if there is none.</summary>
    public static DroneTaskKind? Find(string name)
    {
        foreach (DroneTaskKind kind in Enum.GetValues<DroneTaskKind>())
        {
            if (string.Equals(Name(kind), name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }
}
