namespace Sensing.TrafficCamera.Events;

/// <summary>What is out of the ordinary.</summary>
public enum TrafficAlarmKind
{
    /// <summary>A vehicle drives against the direction of its carriageway.</summary>
    WrongWay,

    /// <summary>A vehicle stands while others pass.</summary>
    Standing,
}
