namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What a synthetic vehicle is: drawn once, from its seed.</summary>
internal sealed record VehicleShape
{
    /// <summary>Largest <see cref="SpeedFactor"/> of a driver who obeys signals.</summary>
    public const float FastestFactor = 1.1f;

    // Paints of European cars by frequency: white, greys and black lead, few are coloured.
    private static readonly (double Share, Rgb Paint)[] Paints =
    [
        (0.24, Rgb.Grey(0.72f)), (0.2, new(0.035f, 0.036f, 0.04f)), (0.2, Rgb.Grey(0.28f)), (0.12, new(0.09f, 0.1f, 0.11f)),
        (0.09, new(0.04f, 0.08f, 0.28f)), (0.07, new(0.38f, 0.03f, 0.025f)), (0.03, new(0.05f, 0.16f, 0.09f)),
        (0.03, new(0.4f, 0.33f, 0.2f)), (0.02, new(0.6f, 0.42f, 0.04f)),
    ];

    private static readonly Rgb[] Cargo =
        [Rgb.Grey(0.7f), Rgb.Grey(0.5f), new(0.08f, 0.2f, 0.5f), new(0.55f, 0.2f, 0.03f), new(0.1f, 0.33f, 0.15f)];

    public required SceneVehicleClass Class { get; init; }

    public required float Length { get; init; }

    public required float Width { get; init; }

    public required float Height { get; init; }

    public required Rgb Paint { get; init; }

    /// <summary>Colour of a truck's body.</summary>
    public required Rgb Second { get; init; }

    public bool Taxi { get; init; }

    public SceneEmergency Emergency { get; init; }

    public required SceneMovement Movement { get; init; }

    /// <summary>Offset from the lane's middle, m.</summary>
    public required float Lateral { get; init; }

    /// <summary>Factor on the speed that drivers like.</summary>
    public required float SpeedFactor { get; init; }

    public float Acceleration => Class switch
    {
        SceneVehicleClass.Truck or SceneVehicleClass.Bus => 1,
        SceneVehicleClass.TwoWheeler => 2.2f,
        _ => 1.7f,
    };

    /// <summary>Time gap that the driver keeps, s.</summary>
    public float Headway => Class is SceneVehicleClass.Truck or SceneVehicleClass.Bus ? 1.6f : 1.15f;

    public static VehicleShape Draw(SceneOptions options, int lane, long number, SceneEmergency emergency)
    {
        var random = new SceneRandom(options.Seed, lane, number, 0x5eed);
        double kind = random.NextDouble();
        SceneVehicleClass vehicle = emergency switch
        {
            SceneEmergency.Police => SceneVehicleClass.Car,
            SceneEmergency.Ambulance => SceneVehicleClass.Van,
            SceneEmergency.FireEngine => SceneVehicleClass.Truck,
            _ when kind < options.TwoWheelerShare => SceneVehicleClass.TwoWheeler,
            _ when kind < options.TwoWheelerShare + (options.HeavyShare * 0.65) => SceneVehicleClass.Truck,
            _ when kind < options.TwoWheelerShare + options.HeavyShare => SceneVehicleClass.Bus,
            _ when random.NextDouble() < 0.16 => SceneVehicleClass.Van,
            _ => SceneVehicleClass.Car,
        };
        (double length, double width, double height) = vehicle switch
        {
            SceneVehicleClass.TwoWheeler => (random.Uniform(1.9, 2.2), 0.75, 1.72),
            SceneVehicleClass.Car => (random.Uniform(3.8, 4.9), random.Uniform(1.7, 1.88), random.Uniform(1.42, 1.68)),
            SceneVehicleClass.Van => (random.Uniform(5.2, 6.4), random.Uniform(1.95, 2.05), random.Uniform(2.1, 2.6)),
            SceneVehicleClass.Truck when emergency != SceneEmergency.None => (7.9, 2.5, 3.2),
            SceneVehicleClass.Truck when random.NextDouble() < 0.35 => (16.2, 2.55, 3.9),
            SceneVehicleClass.Truck => (random.Uniform(7, 9.8), 2.45, random.Uniform(3.2, 3.7)),
            _ => (12, 2.55, 3.1),
        };
        bool leftmost = lane == options.Lanes - 1, rightmost = lane == 0;
        double turn = random.NextDouble();

        // The tail of a long vehicle that turns swings into the next lane.
        SceneMovement movement = lane >= options.Lanes || emergency != SceneEmergency.None || length > 8
            ? SceneMovement.Straight
            : rightmost && turn < options.TurnShare ? SceneMovement.Right
            : leftmost && turn > 1 - options.TurnShare ? SceneMovement.Left
            : SceneMovement.Straight;
        bool taxi = vehicle == SceneVehicleClass.Car && emergency == SceneEmergency.None && random.NextDouble() < 0.08;
        Rgb paint = emergency switch
        {
            SceneEmergency.FireEngine => new(0.5f, 0.02f, 0.015f),
            SceneEmergency.Ambulance => new(0.75f, 0.74f, 0.7f),
            SceneEmergency.Police => new(0.62f, 0.64f, 0.66f),
            _ when taxi => new(0.72f, 0.62f, 0.36f),
            _ when vehicle == SceneVehicleClass.Bus => Cargo[1 + random.Below(Cargo.Length - 1)],
            _ when vehicle == SceneVehicleClass.Van && random.NextDouble() < 0.6 => Rgb.Grey(0.7f),
            _ => Pick(random.NextDouble()),
        };
        Rgb second = emergency switch
        {
            SceneEmergency.FireEngine => paint,
            SceneEmergency.Police => new(0.02f, 0.07f, 0.4f),
            SceneEmergency.Ambulance => new(0.6f, 0.08f, 0.02f),
            _ => Cargo[random.Below(Cargo.Length)],
        };
        return new VehicleShape
        {
            Class = vehicle,
            Length = (float)length,
            Width = (float)width,
            Height = (float)height,
            Paint = paint * (float)random.Uniform(0.85, 1.1),
            Second = second,
            Taxi = taxi,
            Emergency = emergency,
            Movement = movement,
            Lateral = (float)random.Uniform(-0.18, 0.18) * (vehicle == SceneVehicleClass.TwoWheeler ? 3.5f : 1),
            SpeedFactor = (float)(emergency != SceneEmergency.None ? 1.25
                : vehicle is SceneVehicleClass.Truck or SceneVehicleClass.Bus ? random.Uniform(0.82, 0.95)
                : random.Uniform(0.9, FastestFactor)),
        };
    }

    private static Rgb Pick(double place)
    {
        foreach ((double share, Rgb paint) in Paints)
        {
            if ((place -= share) < 0)
            {
                return paint;
            }
        }

        return Paints[0].Paint;
    }
}
