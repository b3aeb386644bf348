namespace Sensing.TrafficCamera.Detector;

/// <summary>From the names of a model's classes to kinds of vehicles.</summary>
internal static class DetectedKinds
{
    /// <summary>The kind of a class; null: not a vehicle of the road.</summary>
    public static DetectedKind? Of(string className, DetectorOptions options) =>
        options.EmergencyClasses.Contains(className, StringComparer.OrdinalIgnoreCase) ? DetectedKind.Emergency : className.ToLowerInvariant() switch
        {
            "bicycle" or "motorcycle" or "motorbike" or "moped" or "scooter" or "bike" => DetectedKind.TwoWheeler,
            "car" or "suv" or "taxi" or "pickup" => DetectedKind.Car,
            "van" or "minibus" => DetectedKind.Van,
            "truck" or "lorry" or "trailer" => DetectedKind.Truck,
            "bus" or "coach" => DetectedKind.Bus,
            _ => null,
        };
}
