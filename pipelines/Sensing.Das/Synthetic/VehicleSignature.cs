using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>What one vehicle does to the channels around it.</summary>
/// <remarks>
/// Two parts, both tables over the distance from the vehicle. Quasi-static: the vehicle's weight drags the ground's strain
/// field along, so that strain rate = −v · dε/dξ. Vibration: the axles' dynamic load (body bounce and wheel hop, some per
/// cent of the static load: Cebon, Handbook of Vehicle–Road Interaction, 1999, ch. 5) shakes the ground at a few
/// frequencies; it runs off at the shear-wave speed and dies away within tens of metres. A table's step is a whole fraction
/// of the channel step, so that at any instant all channels interpolate with one and the same weight: a row of channels is
/// added with plain vector arithmetic (<see cref="PolyphaseTable"/>).
/// </remarks>
internal sealed class VehicleSignature
{
    private const double TableStepM = 0.25;
    private const double DecayM = 15;
    private const double IdleShare = 0.05;
    private const double ReferenceSpeedMs = 80 / 3.6;

    private readonly Trajectory _trajectory;
    private readonly DasGeometry _geometry;
    private readonly int _sign;
    private readonly double _fadeFrom;
    private readonly PolyphaseTable _weight;
    private readonly (double Omega, double Phase, PolyphaseTable Cosine, PolyphaseTable Sine)[] _tones;

    public VehicleSignature(SyntheticVehicle vehicle, DasGeometry geometry, double depthM, long seed)
    {
        Vehicle = vehicle;
        _trajectory = vehicle.Trajectory;
        _geometry = geometry;
        _sign = vehicle.Direction == TravelDirection.Increasing ? 1 : -1;
        _fadeFrom = vehicle.TurnsOff ? _trajectory.EndSeconds : double.PositiveInfinity;
        var ground = new GroundResponse(vehicle.OffsetM, depthM, Gauge(geometry));
        int phases = Math.Max(1, (int)Math.Ceiling(geometry.ChannelStepM / TableStepM));
        double reach = ReachM(geometry);
        _weight = new PolyphaseTable(geometry.ChannelStepM, phases, reach, x => QuasiStatic(vehicle.Axles, _sign, ground, x) * Taper(x, reach));
        double perNewton = Math.Abs(ground.Strain(0));
        var random = new SeededRandom(seed, vehicle.Id);
        var tones = new List<(double, double, PolyphaseTable, PolyphaseTable)>();
        foreach ((double frequency, double share) in Tones(vehicle.Class, ref random))
        {
            double phase = random.Uniform(0, 2 * Math.PI);
            double omega = 2 * Math.PI * frequency;
            if (frequency > 0.4 / geometry.TimeStepSeconds)
            {
                continue; // an instrument's anti-alias filter takes it out
            }

            double amplitude = omega * share * vehicle.WeightN * perNewton;
            double Envelope(double x) => amplitude * Math.Exp(-Math.Abs(x) / DecayM) * Taper(x, reach);
            double Delay(double x) => omega * Math.Abs(x) / GroundResponse.ShearWaveSpeedMs;
            tones.Add((omega, phase,
                new PolyphaseTable(geometry.ChannelStepM, phases, reach, x => Envelope(x) * Math.Cos(Delay(x))),
                new PolyphaseTable(geometry.ChannelStepM, phases, reach, x => Envelope(x) * Math.Sin(Delay(x)))));
        }

        _tones = [.. tones];
    }

    public SyntheticVehicle Vehicle { get; }

    /// <summary>How far from a vehicle the fibre is taken to feel it, m.</summary>
    public static double ReachM(DasGeometry geometry) => 50 + Gauge(geometry);

    /// <summary>Gauge length used for the physics; where a geometry does not know it, the channel step.</summary>
    public static double Gauge(DasGeometry geometry) => geometry.GaugeLengthM > 0 ? geometry.GaugeLengthM : geometry.ChannelStepM;

    /// <summary>Quasi-static strain per metre along the fibre, summed over the axles, <paramref name="alongM"/> from the vehicle.</summary>
    public static double QuasiStatic(IReadOnlyList<Axle> axles, int sign, GroundResponse ground, double alongM) =>
        axles.Sum(a => a.LoadN * ground.StrainSlope(alongM + (sign * a.BehindM)));

    /// <summary>Adds the strain rate of one instant to a row of channels.</summary>
    public void AddTo(Span<float> row, double seconds)
    {
        if (seconds < _trajectory.StartSeconds || seconds > Vehicle.GoneSeconds)
        {
            return;
        }

        (double position, double velocity) = _trajectory.At(seconds);
        double gain = seconds <= _fadeFrom ? 1
            : 0.5 + (0.5 * Math.Cos(Math.PI * (seconds - _fadeFrom) / SyntheticVehicle.FadeSeconds));
        double place = (position - _geometry.FirstChannelM) / _geometry.ChannelStepM;
        _weight.AddTo(row, place, (float)(-velocity * gain));
        double moving = gain * (IdleShare + ((1 - IdleShare) * Math.Abs(velocity) / ReferenceSpeedMs));
        foreach ((double omega, double phase, PolyphaseTable cosine, PolyphaseTable sine) in _tones)
        {
            (double s, double c) = Math.SinCos((omega * (seconds - _trajectory.StartSeconds)) + phase);
            cosine.AddTo(row, place, (float)(moving * c));
            sine.AddTo(row, place, (float)(moving * s));
        }
    }

    /// <summary>Frequencies, Hz, and dynamic load as a share of the static one.</summary>
    /// <remarks>Body bounce 1–3 Hz, wheel hop 8–16 Hz; large vehicles excite 1.5–2 Hz and 15–22 Hz (Truong et al., sec. 5).</remarks>
    private static List<(double Frequency, double Share)> Tones(VehicleClass kind, ref SeededRandom random)
    {
        (double Low, double High, double Share) bounce = kind == VehicleClass.Small ? (1.2, 2.2, 0.02) : (1.5, 2.0, 0.04);
        (double Low, double High, double Share) hop = kind switch
        {
            VehicleClass.Small => (8, 16, 0.004),
            VehicleClass.Large => (15, 22, 0.006),
            _ => (20, 30, 0.004),
        };
        var tones = new List<(double, double)> { (random.Uniform(bounce.Low, bounce.High), bounce.Share) };
        for (int i = 0; i < 4; i++)
        {
            tones.Add((random.Uniform(hop.Low, hop.High), hop.Share));
        }

        return tones;
    }

    /// <summary>1 nearby, falling to 0 at the reach, without a step.</summary>
    private static double Taper(double x, double reach)
    {
        double rest = (Math.Abs(x) - (0.7 * reach)) / (0.3 * reach);
        return rest <= 0 ? 1 : rest >= 1 ? 0 : 0.5 + (0.5 * Math.Cos(Math.PI * rest));
    }
}
