namespace Sensing.TrafficCamera.Signals;

/// <summary>Whom a signal group faces.</summary>
public enum SignalGroupKind
{
    Vehicle,
    Pedestrian,
}
