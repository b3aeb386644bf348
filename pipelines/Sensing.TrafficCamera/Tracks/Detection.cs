using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>A vehicle seen in one frame, by its silhouette in the foreground or by a detection model.</summary>
/// <param name="Box">Where it is in the picture.</param>
/// <param name="Contact">Where it touches the road: the middle of its near end.</param>
/// <param name="Size">Its size as far as it is seen.</param>
/// <param name="Class">What it looks like.</param>
/// <param name="Score">How well it is seen, 0…1.</param>
public readonly record struct Detection(PixelBox Box, RoadPoint Contact, VehicleSize Size, VehicleClass Class, double Score);
