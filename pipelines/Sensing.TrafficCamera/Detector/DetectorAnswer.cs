namespace Sensing.TrafficCamera.Detector;

/// <summary>What the model found in an earlier frame.</summary>
/// <param name="Id">The command, by which the frame is known.</param>
/// <param name="Objects">Vehicles, best first.</param>
internal sealed record DetectorAnswer(long Id, IReadOnlyList<DetectedObject> Objects);
