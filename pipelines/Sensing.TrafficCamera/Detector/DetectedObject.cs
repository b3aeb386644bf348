namespace Sensing.TrafficCamera.Detector;

/// <summary>A vehicle that the model found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Score">How sure the model is, 0…1.</param>
/// <param name="Left">Left edge of its box, pixels of the camera's own picture.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
public readonly record struct DetectedObject(DetectedKind Kind, double Score, double Left, double Top, double Right, double Bottom);
