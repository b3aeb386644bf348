namespace Sensing.Drones.Live;

/// <summary>What a task finds out about a segment. In the order of the published table of task types.</summary>
public enum DroneTaskKind
{
    /// <summary>HV: a person who wears a hazard vest.</summary>
    HazardVest,

    /// <summary>DEV: distance to the person.</summary>
    DistanceToPerson,

    /// <summary>MD: whether the person wears a mask.</summary>
    MaskDetection,

    /// <summary>BP: key points of the person's body.</summary>
    BodyPose,

    /// <summary>CD: how many persons there are.</summary>
    CrowdDensity,

    /// <summary>DEO: distance to the nearest object.</summary>
    DistanceToObjects,
}
