namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Kind of a synthetic emergency vehicle.</summary>
public enum SceneEmergency
{
    /// <summary>An ordinary vehicle.</summary>
    None,

    /// <summary>Car, one blue lamp, a pulse of 50 ms 1.92 times a second, hi-lo siren.</summary>
    Police,

    /// <summary>Van, double pulses left and right in turn, saturated to white, 2 Hz, wailing siren.</summary>
    Ambulance,

    /// <summary>Truck, blue triple pulses, 1.4 Hz, yelping siren.</summary>
    FireEngine,
}
