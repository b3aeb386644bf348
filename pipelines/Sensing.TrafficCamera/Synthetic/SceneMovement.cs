namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Where a synthetic vehicle leaves the junction, as its driver sees it.</summary>
public enum SceneMovement
{
    Straight,
    Left,
    Right,
}
