using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Sun, sky, lamps, exposure and air of a scene.</summary>
internal sealed class SceneLight
{
    private static readonly Rgb LampTint = new(1, 0.78f, 0.5f);

    public SceneLight(SceneOptions options)
    {
        Night = options.Night;
        bool diffuse = options.Weather != SceneWeather.Clear;
        float strength = (float)options.WeatherStrength;
        (double sin, double cos) = Math.SinCos(options.SunElevationDegrees * Math.PI / 180);
        (double aside, double ahead) = Math.SinCos(options.SunAzimuthDegrees * Math.PI / 180);
        Sun = new Vector3((float)(aside * cos), (float)(ahead * cos), (float)sin);
        SunPower = Night || diffuse ? 0 : 0.85f;
        Ambient = Night ? 0.03f : diffuse ? 0.72f : 0.36f;
        Exposure = Night ? 3.2f : diffuse ? 1.75f : 1.55f;
        Tint = Night ? new Rgb(0.75f, 0.85f, 1.1f) : diffuse ? new Rgb(0.97f, 1, 1.03f) : new Rgb(1.02f, 1, 0.95f);
        Wet = options.Weather == SceneWeather.Rain ? 0.4f + (0.6f * strength) : 0;
        HeadlightsOn = Night || options.Weather is SceneWeather.Rain or SceneWeather.Fog;

        // Meteorological optical range V = 3.912 / extinction (Koschmieder): clear 15 km, haze 2 km … 250 m, fog 250 m … 40 m.
        Extinction = options.Weather switch
        {
            SceneWeather.Haze => 3.912f / (2000 * MathF.Pow(0.125f, strength)),
            SceneWeather.Fog => 3.912f / (250 * MathF.Pow(0.16f, strength)),
            SceneWeather.Rain => 3.912f / (4000 * MathF.Pow(0.25f, strength)),
            _ => 3.912f / 15_000,
        };
        Airlight = Night ? new Rgb(0.03f, 0.025f, 0.02f) : Rgb.Grey(0.62f) * new Rgb(0.98f, 1, 1.03f);
    }

    public bool Night { get; }

    /// <summary>Towards the sun, length 1.</summary>
    public Vector3 Sun { get; }

    public float SunPower { get; }

    public float Ambient { get; }

    public float Exposure { get; }

    public Rgb Tint { get; }

    /// <summary>0 dry … 1 wet road.</summary>
    public float Wet { get; }

    public bool HeadlightsOn { get; }

    /// <summary>Of the air, 1/m.</summary>
    public float Extinction { get; }

    /// <summary>The air's own light, exposed.</summary>
    public Rgb Airlight { get; }

    public bool CastsShadows => SunPower > 0;

    /// <summary>What is left of a coded value in a cast shadow.</summary>
    public float ShadowFactor => MathF.Pow(Ambient / (Ambient + (SunPower * Sun.Z)), 1 / 2.2f);

    /// <summary>Where the shadow of a point falls on the road.</summary>
    public Vector3 ShadowOf(Vector3 point) =>
        new(point.X - (Sun.X / Sun.Z * point.Z), point.Y - (Sun.Y / Sun.Z * point.Z), 0);

    /// <summary>Light on a surface.</summary>
    public Rgb On(Vector3 normal, Vector3 place)
    {
        float sky = Ambient * (0.62f + (0.38f * normal.Z));
        Rgb light = Tint * (sky + (SunPower * Math.Max(0, Vector3.Dot(normal, Sun))));
        return Night ? light + (LampTint * (Lamps(place) * (0.45f + (0.55f * Math.Max(0, normal.Z))))) : light;
    }

    /// <summary>What the camera codes of a surface seen from a distance.</summary>
    public Ycc See(Rgb albedo, Vector3 normal, Vector3 place, float distance) =>
        Through(albedo * On(normal, place) * Exposure, distance).Encode();

    /// <summary>Light after its way through the air: I = J·t + A·(1 − t).</summary>
    public Rgb Through(Rgb light, float distance) => Rgb.Lerp(Airlight, light, MathF.Exp(-Extinction * distance));

    /// <summary>Street lamps over both kerbs every 34 m.</summary>
    private static float Lamps(Vector3 place)
    {
        float along = (((place.Y + 4) % 34) + 34) % 34 - 17;
        float across = Math.Max(0, Math.Abs(place.X) - 5);
        return 0.16f / (1 + (along * along / 60) + (across * across / 40));
    }
}
