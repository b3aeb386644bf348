using Sensing.Configuration;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A road approach that the program draws, with known truth.</summary>
public record SceneOptions : ICheckedOptions, IPresetOptions
{
    [Option("Scenario that the other options start from: approach_south, approach_east (two approaches of one junction), "
        + "free_flow, night_rain, haze.")]
    public string? Preset { get; init; }

    [Option("Seed: the same seed and options make the same frames, to the bit.")]
    public long Seed { get; init; } = 1;

    [Option("Width of the picture, pixels.", Min = 64, Max = 3840)]
    public int Width { get; init; } = 640;

    [Option("Height of the picture, pixels.", Min = 48, Max = 2160)]
    public int Height { get; init; } = 360;

    [Option("Frames per second.", Min = 5, Max = 60)]
    public int FramesPerSecond { get; init; } = 15;

    [Option("Lanes towards the camera.", Min = 1, Max = 4)]
    public int Lanes { get; init; } = 2;

    [Option("Lanes away from the camera.", Min = 0, Max = 3)]
    public int OpposingLanes { get; init; } = 1;

    [Option("Width of a lane, m.", Min = 2.5, Max = 5)]
    public double LaneWidthM { get; init; } = 3.4;

    [Option("Visible length that is measured, upstream of the stop line, m.", Min = 20, Max = 120)]
    public double LengthM { get; init; } = 66;

    [Option("Height of the camera over the road, m.", Min = 4, Max = 25)]
    public double CameraHeightM { get; init; } = 8;

    [Option("Place of the camera across the road, m to the right of the median as the camera sees it.", Min = -25, Max = 25)]
    public double CameraOffsetM { get; init; } = -2;

    [Option("Angle of the camera below the horizon, degrees.", Min = 5, Max = 50)]
    public double PitchDegrees { get; init; } = 14;

    [Option("Angle of the camera to the right of the road, degrees.", Min = -30, Max = 30)]
    public double YawDegrees { get; init; }

    [Option("Focal length in widths of the picture.", Min = 0.4, Max = 3)]
    public double FocalLength { get; init; } = 0.97;

    [Option("Distance of the stop line from the camera's foot, m.", Min = 8, Max = 60)]
    public double StopLineM { get; init; } = 18;

    [Option("Vehicles an hour that want to enter each lane.", Min = 0, Max = 2000)]
    public double VehiclesPerHour { get; init; } = 420;

    [Option("Speed that drivers like, km/h.", Min = 10, Max = 130)]
    public double SpeedKmh { get; init; } = 50;

    [Option("Share of two-wheelers.", Min = 0, Max = 1)]
    public double TwoWheelerShare { get; init; } = 0.07;

    [Option("Share of trucks and buses.", Min = 0, Max = 1)]
    public double HeavyShare { get; init; } = 0.1;

    [Option("A signal at the stop line.")]
    public bool Signal { get; init; } = true;

    [Option("Cycle of the signal, s.", Min = 20, Max = 240)]
    public double CycleSeconds { get; init; } = 70;

    [Option("Green of the approach in each cycle, s.", Min = 5, Max = 200)]
    public double GreenSeconds { get; init; } = 30;

    [Option("Yellow after green, s.", Min = 2, Max = 6)]
    public double YellowSeconds { get; init; } = 3;

    [Option("Start of green within the cycle, s: two approaches of one junction differ in it.", Min = 0, Max = 240)]
    public double OffsetSeconds { get; init; }

    [Option("Share of vehicles of the left lane that turn left, and of the right lane that turn right.", Min = 0, Max = 1)]
    public double TurnShare { get; init; } = 0.2;

    [Option("Pedestrians on the pavements.", Min = 0, Max = 40)]
    public int Pedestrians { get; init; } = 5;

    [Option("Weather: Clear, Overcast, Haze, Fog or Rain.")]
    public SceneWeather Weather { get; init; } = SceneWeather.Clear;

    [Option("Strength of haze, fog or rain.", Min = 0, Max = 1)]
    public double WeatherStrength { get; init; } = 0.5;

    [Option("Night: street lamps, headlights and a noisy sensor.")]
    public bool Night { get; init; }

    [Option("Height of the sun, degrees.", Min = 5, Max = 85)]
    public double SunElevationDegrees { get; init; } = 42;

    [Option("Direction of the sun, degrees clockwise from the camera's view along the road.", Min = -180, Max = 180)]
    public double SunAzimuthDegrees { get; init; } = 115;

    [Option("Wind in the trees.", Min = 0, Max = 1)]
    public double Wind { get; init; } = 0.3;

    [Option("Largest displacement of a shaking camera, pixels.", Min = 0, Max = 32)]
    public double ShakePx { get; init; }

    [Option("Standard deviation of the sensor's noise by day, levels of 255.", Min = 0, Max = 20)]
    public double NoiseLevels { get; init; } = 1.4;

    [Option("Time between emergency vehicles, s (default: none).", Min = 30, Max = 36_000)]
    public double? EmergencyEverySeconds { get; init; }

    [Option("Kind of the emergency vehicles (default: each kind in turn).")]
    public SceneEmergency? EmergencyKind { get; init; }

    [Option("Sound with the frames: street noise, and the siren of an emergency vehicle.")]
    public bool Sound { get; init; } = true;

    [Option("Time of a vehicle that drives against the direction of lane 1, s from the first frame (default: none).", Min = 0)]
    public double? WrongWaySeconds { get; init; }

    [Option("Time at which a vehicle breaks down in lane 1, s from the first frame (default: none).", Min = 0)]
    public double? StandingSeconds { get; init; }

    [Option("How long the broken vehicle stands, s.", Min = 5, Max = 3600)]
    public double StandingForSeconds { get; init; } = 60;

    // Explicit: what a stream was configured with is written out property by property, and this is no part of it.
    IReadOnlyDictionary<string, object> IPresetOptions.Presets => ScenePresets.Of(this);

    public virtual IEnumerable<ConfigurationProblem> Check()
    {
        if (Signal && OffsetSeconds + GreenSeconds + YellowSeconds > OffsetSeconds + CycleSeconds - 2)
        {
            yield return new ConfigurationProblem(
                "greenSeconds", $"and yellowSeconds must leave 2 s of red in cycleSeconds ({CycleSeconds:0.#})");
        }

        // Who drives through at yellow must be past the line before red: v / (2·b).
        double yellow = SpeedKmh / 3.6 * VehicleShape.FastestFactor / (2 * TrafficSimulation.YellowBraking);
        if (Signal && YellowSeconds < yellow)
        {
            yield return new ConfigurationProblem(
                "yellowSeconds", FormattableString.Invariant($"must be at least {yellow:0.0} for speedKmh ({SpeedKmh:0.#})"));
        }

        if (TwoWheelerShare + HeavyShare > 1)
        {
            yield return new ConfigurationProblem("heavyShare", "and twoWheelerShare must not exceed 1 together");
        }

        if (EmergencyKind == SceneEmergency.None)
        {
            yield return new ConfigurationProblem(
                "emergencyKind", "must be Police, Ambulance or FireEngine; leave emergencyEverySeconds out for none");
        }

        SceneCamera camera = SceneCamera.Of(this);
        float far = camera.Project(new((float)CameraOffsetM, (float)(StopLineM + LengthM), 0)).Y;
        float near = camera.Project(new((float)CameraOffsetM, (float)StopLineM, 0)).Y;
        if (far < 0 || near > Height)
        {
            yield return new ConfigurationProblem(
                "pitchDegrees",
                "must show the road from stopLineM to stopLineM + lengthM: change pitchDegrees, focalLength or stopLineM");
        }
    }
}
