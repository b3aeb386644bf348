namespace Sensing.Marine.Impacts.Simulation;

/// <summary>A small vessel as a rigid body: what turns waves and blows into motion.</summary>
/// <remarks>Radii of gyration and damping are usual values for small craft (Lewis, Principles of Naval Architecture III); natural periods follow from
/// waterplane and metacentric height by rules of thumb. It is a model for making training data, not a seakeeping code.</remarks>
internal sealed class Hull
{
    public const double Gravity = 9.80665;

    public Hull(Random random)
    {
        LengthM = 4 + (10 * random.NextDouble());
        double beam = LengthM / (2.8 + (0.8 * random.NextDouble()));
        RollRadiusM = 0.38 * beam;
        PitchRadiusM = 0.26 * LengthM;
        HeaveRate = 2 * Math.PI / (1 + (0.12 * LengthM));
        PitchRate = HeaveRate * (1 + (0.15 * random.NextDouble()));
        double metacentricM = beam * (0.1 + (0.08 * random.NextDouble()));
        RollRate = Math.Sqrt(Gravity * metacentricM) / RollRadiusM;
        HeaveDamping = 0.3 + (0.2 * random.NextDouble());
        PitchDamping = 0.3 + (0.2 * random.NextDouble());
        RollDamping = 0.06 + (0.1 * random.NextDouble());
        BowFreeboardM = LengthM * (0.05 + (0.04 * random.NextDouble()));
        RingHz = 7 + (14 * random.NextDouble());
        Sensor = (LengthM * (random.NextDouble() - 0.5) * 0.4, beam * (random.NextDouble() - 0.5) * 0.4, -0.2 - (0.6 * random.NextDouble()));
        BlowHeightM = 0.1 + (0.3 * random.NextDouble());
        BeamM = beam;
    }

    public double LengthM { get; }

    public double BeamM { get; }

    public double RollRadiusM { get; }

    public double PitchRadiusM { get; }

    /// <summary>Natural frequency of heave, rad/s.</summary>
    public double HeaveRate { get; }

    public double PitchRate { get; }

    public double RollRate { get; }

    public double HeaveDamping { get; }

    public double PitchDamping { get; }

    public double RollDamping { get; }

    /// <summary>How far the forefoot lies under water at rest: further up, and the bow is out.</summary>
    public double BowFreeboardM { get; }

    /// <summary>Lowest frequency of the structure, which a blow rings, Hz.</summary>
    public double RingHz { get; }

    /// <summary>Where the sensor sits from the centre of gravity: ahead, to starboard, down, m.</summary>
    public (double X, double Y, double Z) Sensor { get; }

    /// <summary>Height of the centre of gravity over the line of a blow, m.</summary>
    public double BlowHeightM { get; }
}
