namespace Sensing.Scheduling;

/// <summary>The six task types of Raj et al. (arXiv 2412.20860): Jetson Nano on the edge, AWS Lambda in the cloud.</summary>
public static class PublishedTaskTypes
{
    /// <summary>Hazard-vest tracking.</summary>
    public static InferenceTaskType HazardVest { get; } = Make("HV", 125, 650, 174, 398, 1, 25, 100);

    /// <summary>Distance to the person.</summary>
    public static InferenceTaskType DistanceToPerson { get; } = Make("DEV", 100, 750, 172, 429, 1, 26, 120);

    /// <summary>Mask detection.</summary>
    public static InferenceTaskType MaskDetection { get; } = Make("MD", 75, 850, 142, 589, 1, 15, 130);

    /// <summary>Body pose. Its cloud call costs more than its result is worth.</summary>
    public static InferenceTaskType BodyPose { get; } = Make("BP", 40, 900, 244, 542, 2, 43, 150);

    /// <summary>Crowd density.</summary>
    public static InferenceTaskType CrowdDensity { get; } = Make("CD", 175, 1000, 563, 878, 4, 152, 140);

    /// <summary>Distance to objects.</summary>
    public static InferenceTaskType DistanceToObjects { get; } = Make("DEO", 250, 950, 739, 832, 6, 210, 160);

    /// <summary>The set of the paper's passive workloads.</summary>
    public static IReadOnlyList<InferenceTaskType> Passive { get; } = [HazardVest, DistanceToPerson, MaskDetection, BodyPose];

    /// <summary>The set of the paper's active workloads: all six.</summary>
    public static IReadOnlyList<InferenceTaskType> Active { get; } = [.. Passive, CrowdDensity, DistanceToObjects];

    private static InferenceTaskType Make(
        string name, int benefit, int deadlineMs, int edgeMs, int cloudMs, int edgeCost, int cloudCost, int qoeBonus) => new()
        {
            Name = name,
            Benefit = benefit,
            DeadlineMs = deadlineMs,
            EdgeMs = edgeMs,
            CloudMs = cloudMs,
            EdgeCost = edgeCost,
            CloudCost = cloudCost,
            QoeBonus = qoeBonus,
        };
}
