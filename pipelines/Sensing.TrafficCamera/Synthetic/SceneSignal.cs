namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What the signal of a synthetic approach shows.</summary>
public enum SceneSignal
{
    /// <summary>There is no signal.</summary>
    None,
    Green,
    Yellow,
    Red,
}
