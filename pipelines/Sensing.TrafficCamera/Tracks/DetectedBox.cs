namespace Sensing.TrafficCamera.Tracks;

/// <summary>A vehicle that a detection model found.</summary>
/// <param name="Box">Where it is in the frame, pixels of the working size.</param>
/// <param name="Class">What it is.</param>
/// <param name="Score">How sure the model is, 0…1.</param>
public readonly record struct DetectedBox(PixelBox Box, VehicleClass Class, double Score);
