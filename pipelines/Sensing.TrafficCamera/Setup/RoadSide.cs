namespace Sensing.TrafficCamera.Setup;

/// <summary>Side of the road on which vehicles drive.</summary>
public enum RoadSide
{
    /// <summary>As in most of Europe and in America.</summary>
    Right,

    /// <summary>As in the United Kingdom, Japan or India.</summary>
    Left,
}
