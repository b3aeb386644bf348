namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>Kinds of bad sight that can be laid over a recording.</summary>
public enum DegradationKind
{
    Haze,
    Fog,
    Night,
    Rain,
    Shake,
}
