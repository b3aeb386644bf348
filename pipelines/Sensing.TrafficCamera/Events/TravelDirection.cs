namespace Sensing.TrafficCamera.Events;

/// <summary>Which way a vehicle drives, as the camera sees it.</summary>
public enum TravelDirection
{
    /// <summary>Toward the near end of the carriageway.</summary>
    Toward,

    /// <summary>Away from the near end.</summary>
    Away,
}
