namespace Sensing.Marine.Impacts.Simulation;

/// <summary>Draws what is brought about on a voyage: slams, jolts of the engine, blows with place, direction, strength and duration.</summary>
internal sealed class EventDrawing(Random random, Hull hull, double rate)
{
    /// <summary>Softer touches are not called impacts, m/s²: a fender does that.</summary>
    public const double LeastPeak = 3;

    /// <summary>Softer meetings of bow and water belong to the sea, m/s².</summary>
    public const double LeastSlam = 2.5;

    private const double Degree = Math.PI / 180;

    public (SimulatedEvent Event, IReadOnlyList<Pulse> Pulses) Draw(int sample, bool impacts, Engine engine)
    {
        double draw = random.NextDouble() * (impacts ? 1 : 0.4);
        return draw < 0.2 ? Slam(sample, LeastSlam + (16 * random.NextDouble() * random.NextDouble()))
            : draw < 0.4 ? Jolt(sample, engine)
            : draw < 0.55 ? Glancing(sample)
            : draw < 0.7 ? Blow(sample, ImpactClass.Bow, Side() * 30 * random.NextDouble())
            : draw < 0.85 ? Blow(sample, ImpactClass.Beam, Side() * (65 + (50 * random.NextDouble())))
            : Blow(sample, ImpactClass.Stern, 180 - (Side() * 35 * random.NextDouble()));
    }

    /// <summary>The bottom meets the water: up and bow up, a little astern, with the hull whipping after it; sometimes more on one side.</summary>
    public (SimulatedEvent Event, IReadOnlyList<Pulse> Pulses) Slam(int sample, double peak)
    {
        double arm = hull.LengthM * (0.15 + (0.3 * random.NextDouble())), astern = 0.05 + (0.2 * random.NextDouble());
        double aside = random.NextDouble() < 0.25 ? Between(-0.35, 0.35) : Between(-0.1, 0.1);
        var pulse = new Pulse
        {
            First = sample,
            Length = rate * Between(0.06, 0.2),
            Rise = Between(0.2, 0.45),
            Peak = (-astern * peak, aside * peak, -peak),
            Turn = (
                aside * peak * 0.5 / hull.RollRadiusM / hull.RollRadiusM * hull.BlowHeightM,
                peak * arm / hull.PitchRadiusM / hull.PitchRadiusM * 0.3, 0),
            Ring = Between(0.05, 0.35),
            RingHz = hull.RingHz * Between(0.5, 1),
            RingSeconds = Between(0.08, 0.3),
        };
        return (new SimulatedEvent(sample, ImpactClass.WaveSlam, 0, 0, peak), [pulse]);
    }

    /// <summary>One push against the hull.</summary>
    private (SimulatedEvent Event, IReadOnlyList<Pulse> Pulses) Blow(int sample, ImpactClass kind, double fromDeg)
    {
        double seconds = Between(0.05, 0.28), deltaV = Math.Max(0.5 * LeastPeak * seconds, 0.12 + (2 * random.NextDouble() * random.NextDouble()));
        double peak = 2 * deltaV / seconds;
        double along = kind switch
        {
            ImpactClass.Bow => Between(0.38, 0.5),
            ImpactClass.Stern => -Between(0.38, 0.5),
            _ => Between(-0.3, 0.35),
        };
        Pulse pulse = Push(sample, peak, fromDeg, along * hull.LengthM, seconds, Between(0.05, 0.5));
        return (new SimulatedEvent(sample, kind, fromDeg, deltaV, peak), [pulse]);
    }

    /// <summary>A touch that slides along the side: an oblique push, longer, with scraping after it.</summary>
    private (SimulatedEvent Event, IReadOnlyList<Pulse> Pulses) Glancing(int sample)
    {
        double from = Side() * Between(38, 58), seconds = Between(0.15, 0.4);
        double deltaV = Math.Max(0.5 * LeastPeak * seconds, 0.1 + (0.6 * random.NextDouble()));
        double peak = 2 * deltaV / seconds, along = Between(0.25, 0.48) * hull.LengthM;
        var pulses = new List<Pulse> { Push(sample, peak, from, along, seconds, Between(0.1, 0.4)) };

        // Scraping: catches and slips, each a small blow on the same side and with friction astern.
        int count = random.Next(6, 16);
        for (int i = 0; i < count; i++)
        {
            int at = sample + (int)(rate * Between(0.0, 0.7));
            pulses.Add(Push(at, peak * Between(0.15, 0.5), from + Between(-25, 15), along * Between(0.3, 1), Between(0.02, 0.06), 0.5));
        }

        return (new SimulatedEvent(sample, ImpactClass.Glancing, from, deltaV, peak), pulses);
    }

    /// <summary>Starting, shifting, rough running.</summary>
    private (SimulatedEvent Event, IReadOnlyList<Pulse> Pulses) Jolt(int sample, Engine engine)
    {
        var pulses = new List<Pulse>();
        double level = 1 + (3.5 * random.NextDouble());
        if (random.NextDouble() < 0.4)
        {
            // A gearbox that is shifted: a knock that rings, roll by the shaft's torque, then the thrust builds up.
            double sign = random.NextDouble() < 0.7 ? 1 : -1, knock = Between(1.5, 5);
            pulses.Add(new Pulse
            {
                First = sample,
                Length = rate * Between(0.02, 0.05),
                Peak = (sign * knock * 0.4, knock * Between(-0.3, 0.3), knock * Between(-0.6, 0.6)),
                Turn = (sign * Between(0.3, 1.5), Between(-0.3, 0.3), 0),
                Ring = Between(0.8, 1.6),
                RingHz = Between(16, 34),
                RingSeconds = Between(0.06, 0.2),
            });
            pulses.Add(new Pulse { First = sample, Length = rate * Between(1, 2.5), Peak = (sign * Between(0.2, 1), 0, 0) });
            engine.Shake(sample, Between(0.4, 1.2), level * 0.4);
        }
        else
        {
            engine.Shake(sample, Between(0.6, 1.5), level);
        }

        return (new SimulatedEvent(sample, ImpactClass.Engine, 0, 0, level), pulses);
    }

    private Pulse Push(int sample, double peak, double fromDeg, double along, double seconds, double ring)
    {
        // The push leads away from where it comes from; it acts below the centre of gravity and, from abeam, at the side.
        double x = -peak * Math.Cos(fromDeg * Degree), y = -peak * Math.Sin(fromDeg * Degree);
        double across = Math.Sin(fromDeg * Degree) * hull.BeamM / 2, height = hull.BlowHeightM;
        double roll = hull.RollRadiusM * hull.RollRadiusM, pitch = hull.PitchRadiusM * hull.PitchRadiusM;
        return new Pulse
        {
            First = sample,
            Length = rate * seconds,
            Rise = Between(0.3, 0.55),
            Peak = (x, y, peak * Between(-0.15, 0.15)),
            Turn = (-y * height / roll * 0.5, x * height / pitch, ((along * y) - (across * x)) / pitch * 0.5),
            Ring = ring,
            RingHz = hull.RingHz * Between(0.8, 1.5),
            RingSeconds = Between(0.04, 0.15),
        };
    }

    private double Between(double low, double high) => low + ((high - low) * random.NextDouble());

    private double Side() => random.NextDouble() < 0.5 ? -1 : 1;
}
