namespace Sensing.Modules;

/// <summary>Where the map shows a demo stream.</summary>
/// <param name="Label">Text of the marker.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
public sealed record DemoPlace(string Label, double Latitude, double Longitude);
