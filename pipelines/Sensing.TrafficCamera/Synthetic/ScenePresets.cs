namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Scenarios by name.</summary>
public static class ScenePresets
{
    /// <summary>One approach of the demo's junction: two lanes, afternoon sun, an emergency vehicle now and then.</summary>
    public static SceneOptions ApproachSouth { get; } = new()
    {
        Preset = "approach_south",
        Seed = 11,
        EmergencyEverySeconds = 420,
    };

    /// <summary>The crossing approach: three lanes seen from the kerb, green while the other has red.</summary>
    public static SceneOptions ApproachEast { get; } = new()
    {
        Preset = "approach_east",
        Seed = 12,
        Lanes = 3,
        LaneWidthM = 3.2,
        OpposingLanes = 1,
        CameraOffsetM = -9.5,
        CameraHeightM = 9,
        YawDegrees = 7,
        PitchDegrees = 15,
        FocalLength = 0.92,
        VehiclesPerHour = 330,
        OffsetSeconds = 36,
        GreenSeconds = 28,
        SunAzimuthDegrees = 25,
        HeavyShare = 0.14,
    };

    /// <summary>A road without a signal.</summary>
    public static SceneOptions FreeFlow { get; } = new()
    {
        Preset = "free_flow",
        Seed = 13,
        Signal = false,
        SpeedKmh = 80,
        TurnShare = 0,
        VehiclesPerHour = 700,
        OpposingLanes = 2,
        SunAzimuthDegrees = -70,
        SunElevationDegrees = 25,
    };

    /// <summary>Night, a wet road, headlights that the road mirrors.</summary>
    public static SceneOptions NightRain { get; } = new()
    {
        Preset = "night_rain",
        Seed = 14,
        Night = true,
        Weather = SceneWeather.Rain,
        EmergencyEverySeconds = 300,
    };

    /// <summary>Haze that hides the far end of the road.</summary>
    public static SceneOptions Haze { get; } = new()
    {
        Preset = "haze",
        Seed = 15,
        Weather = SceneWeather.Haze,
        WeatherStrength = 0.7,
    };

    private static Dictionary<string, SceneOptions> All { get; } = new Dictionary<string, SceneOptions>
    {
        ["approach_south"] = ApproachSouth,
        ["approach_east"] = ApproachEast,
        ["free_flow"] = FreeFlow,
        ["night_rain"] = NightRain,
        ["haze"] = Haze,
    };

    /// <exception cref="KeyNotFoundException">There is no such preset.</exception>
    internal static SceneOptions Named(string preset) => All[preset];

    /// <summary>The presets as records of the caller's own type.</summary>
    internal static IReadOnlyDictionary<string, object> Of(SceneOptions record) => All.ToDictionary(
        preset => preset.Key,
        preset => record is SyntheticSourceOptions ? SyntheticSourceOptions.From(preset.Value) : (object)preset.Value);
}
