using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>Where a known vehicle is expected in a frame.</summary>
/// <param name="Contact">Middle of its near end.</param>
/// <param name="Size">Its size so far.</param>
/// <param name="Class">Its class so far.</param>
/// <param name="ReachM">How far along the road it may be from there, m.</param>
public readonly record struct ExpectedVehicle(RoadPoint Contact, VehicleSize Size, VehicleClass Class, double ReachM);
