namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Weather over a synthetic scene.</summary>
public enum SceneWeather
{
    /// <summary>Sun and cast shadows.</summary>
    Clear,

    /// <summary>Diffuse light without cast shadows.</summary>
    Overcast,

    /// <summary>Thin haze: the far end of the road fades.</summary>
    Haze,

    /// <summary>Fog.</summary>
    Fog,

    /// <summary>Rain: streaks, wet road, lights on.</summary>
    Rain,
}
