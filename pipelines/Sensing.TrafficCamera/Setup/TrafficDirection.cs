namespace Sensing.TrafficCamera.Setup;

/// <summary>Which way vehicles may drive on a carriageway, as the camera sees it.</summary>
public enum TrafficDirection
{
    /// <summary>From the far end to the near end.</summary>
    Toward,

    /// <summary>From the near end to the far end.</summary>
    Away,

    /// <summary>Both ways.</summary>
    Both,
}
