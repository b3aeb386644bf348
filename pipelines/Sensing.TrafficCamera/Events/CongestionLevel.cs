namespace Sensing.TrafficCamera.Events;

/// <summary>Degree of congestion, from occupied area and speed together.</summary>
public enum CongestionLevel
{
    /// <summary>Vehicles choose their speed.</summary>
    Free,

    /// <summary>Dense, moving.</summary>
    Slow,

    /// <summary>Most vehicles stop and go.</summary>
    Congested,

    /// <summary>Nothing moves.</summary>
    Jammed,
}
