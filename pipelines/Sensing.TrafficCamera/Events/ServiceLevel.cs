namespace Sensing.TrafficCamera.Events;

/// <summary>Level of service by the Highway Capacity Manual, from A (free flow) to F (breakdown).</summary>
public enum ServiceLevel
{
    A,
    B,
    C,
    D,
    E,
    F,
}
