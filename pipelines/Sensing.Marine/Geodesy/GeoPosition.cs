namespace Sensing.Marine.Geodesy;

/// <summary>A place on the WGS-84 ellipsoid.</summary>
/// <param name="LatitudeDeg">° north, -90 to 90.</param>
/// <param name="LongitudeDeg">° east, -180 to 180.</param>
public readonly record struct GeoPosition(double LatitudeDeg, double LongitudeDeg);
