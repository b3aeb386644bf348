namespace Sensing.TrafficCamera.Setup;

/// <summary>A point of the road's plane.</summary>
/// <param name="AcrossM">m from the left edge of the carriageway, seen from its near end.</param>
/// <param name="AlongM">m from the near end of the carriageway.</param>
public readonly record struct RoadPoint(double AcrossM, double AlongM);
