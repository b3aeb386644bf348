using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>Draws vehicles: length and axles by class.</summary>
/// <remarks>Masses and axle distances are those of ordinary European vehicles; the legal limits are Directive 96/53/EC's.</remarks>
internal static class VehicleFleet
{
    private const double GravityMs2 = 9.81;

    /// <summary>The car that a scenario's signal-to-noise ratio speaks of: 1,500 kg, 2.6 m between its axles.</summary>
    public static Axle[] ReferenceCar { get; } = Balance([(0, 0.55), (2.6, 0.45)], 1500);

    public static (double LengthM, Axle[] Axles) Draw(VehicleClass kind, ref SeededRandom random) => kind switch
    {
        VehicleClass.Small => Small(ref random),
        VehicleClass.Rail => Tram(ref random),
        _ => Large(ref random),
    };

    private static (double, Axle[]) Small(ref SeededRandom random)
    {
        double wheelbase = random.Uniform(2.4, 2.9);
        return (wheelbase + 1.7, Balance([(0, 0.55), (wheelbase, 0.45)], random.Uniform(1000, 2200)));
    }

    private static (double, Axle[]) Large(ref SeededRandom random)
    {
        double kind = random.NextDouble();
        if (kind < 0.35)
        {
            double wheelbase = random.Uniform(4.5, 6.2);
            return (wheelbase + 3, Balance([(0, 0.38), (wheelbase, 0.62)], random.Uniform(10_000, 18_000)));
        }

        if (kind < 0.6)
        {
            double wheelbase = random.Uniform(4.5, 6.5);
            return (wheelbase + 5, Balance([(0, 0.3), (wheelbase, 0.4), (wheelbase + 1.35, 0.3)], random.Uniform(15_000, 26_000)));
        }

        return (16.5, Balance(
            [(0, 0.18), (3.6, 0.28), (9.4, 0.18), (10.7, 0.18), (12.0, 0.18)], random.Uniform(20_000, 40_000)));
    }

    private static (double, Axle[]) Tram(ref SeededRandom random) => (30, Balance(
        [(0, 1 / 6.0), (1.8, 1 / 6.0), (10.5, 1 / 6.0), (12.3, 1 / 6.0), (21, 1 / 6.0), (22.8, 1 / 6.0)],
        random.Uniform(36_000, 48_000)));

    /// <summary>Places the axles around their load centroid: the point whose passage an observer of strain would time.</summary>
    private static Axle[] Balance((double BehindFrontM, double Share)[] axles, double massKg)
    {
        double centroid = axles.Sum(a => a.BehindFrontM * a.Share) / axles.Sum(a => a.Share);
        return [.. axles.Select(a => new Axle(a.BehindFrontM - centroid, a.Share * massKg * GravityMs2))];
    }
}
