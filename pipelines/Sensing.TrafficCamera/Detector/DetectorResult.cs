namespace Sensing.TrafficCamera.Detector;

/// <summary>What the model found in a frame.</summary>
/// <param name="Objects">Vehicles, best first.</param>
public sealed record DetectorResult(IReadOnlyList<DetectedObject> Objects);
