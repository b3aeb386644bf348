namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What is true of a synthetic frame.</summary>
public sealed record SceneTruth
{
    /// <summary>Time of the frame.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Every vehicle under way, in the picture or not.</summary>
    public required IReadOnlyList<TruthVehicle> Vehicles { get; init; }

    /// <summary>Crossings of the counting line that ended since the frame before.</summary>
    public required IReadOnlyList<TruthCrossing> Crossings { get; init; }

    /// <summary>Length of the queue in each lane, m: from the front of the first to the rear of the last vehicle below 5 km/h,
    /// within the measured stretch.</summary>
    public required IReadOnlyList<double> QueueM { get; init; }

    /// <summary>Vehicles whose middle is within the measured stretch, for each lane.</summary>
    public required IReadOnlyList<int> Count { get; init; }

    /// <summary>Area of the footprints within the measured stretch over its area, for each lane.</summary>
    public required IReadOnlyList<double> OccupiedByLane { get; init; }

    /// <summary>The same over all lanes.</summary>
    public required double Occupied { get; init; }

    /// <summary>Mean speed of the vehicles within the measured stretch, km/h; null without any.</summary>
    public required double? SpeedKmh { get; init; }

    public required SceneSignal Signal { get; init; }

    /// <summary>Displacement of this frame by the camera's shaking, pixels; boxes, contacts and masks include it.</summary>
    public required System.Numerics.Vector2 Shake { get; init; }

    /// <summary>For each pixel of luma 0: still, 50: cast shadow, 255: a vehicle or pedestrian, as in CDnet 2012. Valid
    /// until the next frame.</summary>
    public required ReadOnlyMemory<byte> Mask { get; init; }

    /// <summary>For each pixel of luma the object it shows, 0: none. Valid until the next frame.</summary>
    public required ReadOnlyMemory<short> Objects { get; init; }
}
