using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Simulation;

/// <summary>What an inertial sensor reads aboard a small vessel in a seaway, with slams, the engine and impacts: simulated, seeded.</summary>
/// <remarks>Heave, pitch and roll are damped oscillators that follow the waves under the hull; the bow slams where it comes out of the water
/// and falls back faster than Ochi's threshold (1964); blows and the engine push the rigid body. docs/marine.md describes it.</remarks>
public sealed class SimulatedVoyage
{
    private readonly VoyageOptions _options;
    private readonly Random _random;
    private readonly Hull _hull;
    private readonly Sea _sea;
    private readonly Engine _engine;
    private readonly EventDrawing _drawing;
    private readonly List<Pulse> _pulses = [];
    private readonly List<SimulatedEvent> _events = [];
    private readonly double _step, _speedMs, _accelerationNoise, _rateNoise;
    private readonly double[] _mounting;
    private double _heave, _heaveSpeed, _pitch, _pitchSpeed, _roll, _rollSpeed, _yawSpeed;
    private double _bowBefore;
    private bool _bowIsOut;
    private int _sample, _nextEvent, _busyUntil;
    private (double P, double Q, double R) _ratesBefore;

    public SimulatedVoyage(VoyageOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        _step = 1 / options.Rate;
        _hull = new Hull(_random);
        _speedMs = 9 * _random.NextDouble();
        double height = options.WaveHeightM ?? (0.1 + (2.4 * _random.NextDouble() * _random.NextDouble()));
        _sea = new Sea(_random, _hull, height, _speedMs, _step);
        _engine = new Engine(_random, options.Rate);
        _drawing = new EventDrawing(_random, _hull, options.Rate);
        _accelerationNoise = options.Noise * (0.04 + (0.1 * _random.NextDouble()));
        _rateNoise = options.Noise * (0.002 + (0.006 * _random.NextDouble()));
        _mounting = Turned(options.TurnedDeg * Math.PI / 180);
        _nextEvent = Next(3);
    }

    /// <summary>What has happened so far, in order.</summary>
    public IReadOnlyList<SimulatedEvent> Events => _events;

    /// <summary>Samples so far.</summary>
    public int Samples => _sample;

    /// <summary>All samples of the voyage.</summary>
    public IEnumerable<Motion6> Run()
    {
        int count = (int)(_options.Seconds * _options.Rate);
        for (int i = 0; i < count; i++)
        {
            yield return Step();
        }
    }

    /// <summary>The next sample.</summary>
    public Motion6 Step()
    {
        _sea.Step();
        _engine.Step(_sample);
        Begin();
        (double X, double Y, double Z) push = (0, 0, 0);
        (double P, double Q, double R) turn = (0, 0, 0);
        for (int i = _pulses.Count - 1; i >= 0; i--)
        {
            Pulse pulse = _pulses[i];
            double strength = pulse.At(_sample) + pulse.RingAt(_sample, _options.Rate);
            push = (push.X + (strength * pulse.Peak.X), push.Y + (strength * pulse.Peak.Y), push.Z + (strength * pulse.Peak.Z));
            turn = (turn.P + (strength * pulse.Turn.P), turn.Q + (strength * pulse.Turn.Q), turn.R + (strength * pulse.Turn.R));
            if (pulse.IsOver(_sample, _options.Rate))
            {
                _pulses.RemoveAt(i);
            }
        }

        Motion6 read = Move(push, turn);
        _sample++;
        return read;
    }

    private Motion6 Move((double X, double Y, double Z) push, (double P, double Q, double R) turn)
    {
        // Up is positive for heave, and for pitch the bow's side; down is positive for what the sensor reads.
        double heave = (-2 * _hull.HeaveDamping * _hull.HeaveRate * _heaveSpeed) - (_hull.HeaveRate * _hull.HeaveRate * (_heave - _sea.Lift)) - push.Z;
        double pitch = (-2 * _hull.PitchDamping * _hull.PitchRate * _pitchSpeed) - (_hull.PitchRate * _hull.PitchRate * (_pitch - _sea.SlopeAhead)) + turn.Q;
        double roll = (-2 * _hull.RollDamping * _hull.RollRate * _rollSpeed) - (_hull.RollRate * _hull.RollRate * (_roll + _sea.SlopeAcross)) + turn.P;
        double yaw = (-0.8 * _yawSpeed) + (0.4 * _sea.SlopeAcross * _speedMs / _hull.LengthM) + (0.02 * Normal()) + turn.R;
        (_heaveSpeed, _pitchSpeed) = (_heaveSpeed + (heave * _step), _pitchSpeed + (pitch * _step));
        (_rollSpeed, _yawSpeed) = (_rollSpeed + (roll * _step), _yawSpeed + (yaw * _step));
        _heave += _heaveSpeed * _step;
        _pitch += _pitchSpeed * _step;
        _roll += _rollSpeed * _step;
        (double x, double y, double z) = _hull.Sensor;
        double p = _rollSpeed, q = _pitchSpeed, r = _yawSpeed;
        (double dp, double dq, double dr) = ((p - _ratesBefore.P) / _step, (q - _ratesBefore.Q) / _step, (r - _ratesBefore.R) / _step);
        _ratesBefore = (p, q, r);

        // Gravity turned into the vessel's axes; the sensor's place adds the change of the rates times its arm.
        double ax = push.X + (0.6 * _sea.OrbitalAhead) + (Hull.Gravity * Math.Sin(_pitch)) + (dq * z) - (dr * y);
        double ay = push.Y + (0.6 * _sea.OrbitalAcross) - (Hull.Gravity * Math.Sin(_roll)) + (dr * x) - (dp * z);
        double az = -heave - (Hull.Gravity * Math.Cos(_pitch) * Math.Cos(_roll)) + (dp * y) - (dq * x);
        var motion = new Motion6(ax, ay, az, p, q, r) + _engine.Vibration;
        return Read(motion);
    }

    private Motion6 Read(Motion6 motion)
    {
        double[] m = _mounting;
        var turned = new Motion6(
            (m[0] * motion.X) + (m[1] * motion.Y) + (m[2] * motion.Z),
            (m[3] * motion.X) + (m[4] * motion.Y) + (m[5] * motion.Z),
            (m[6] * motion.X) + (m[7] * motion.Y) + (m[8] * motion.Z),
            (m[0] * motion.P) + (m[1] * motion.Q) + (m[2] * motion.R),
            (m[3] * motion.P) + (m[4] * motion.Q) + (m[5] * motion.R),
            (m[6] * motion.P) + (m[7] * motion.Q) + (m[8] * motion.R));
        return turned + new Motion6(
            _accelerationNoise * Normal(), _accelerationNoise * Normal(), _accelerationNoise * Normal(),
            _rateNoise * Normal(), _rateNoise * Normal(), _rateNoise * Normal());
    }

    /// <summary>Begins what begins at this sample: a slam of the bow, or an event that is due.</summary>
    private void Begin()
    {
        double bow = _heave + (_pitch * _hull.LengthM / 2) - _sea.AtBow, fall = (_bowBefore - bow) / _step;
        _bowBefore = bow;
        if (bow > _hull.BowFreeboardM)
        {
            _bowIsOut = true;
        }
        else if (_bowIsOut)
        {
            _bowIsOut = false;
            double least = 0.093 * Math.Sqrt(Hull.Gravity * _hull.LengthM);
            double peak = Math.Min(35, 4 * (fall - least) * (fall - least));
            if (fall > least && peak > EventDrawing.LeastSlam && _sample > _busyUntil && _sample > 2 * _options.Rate)
            {
                Add(_drawing.Slam(_sample, peak));
            }
        }

        if (_options.EventEverySeconds > 0 && _sample >= _nextEvent)
        {
            _nextEvent = Next(_options.EventEverySeconds);
            if (_sample > _busyUntil)
            {
                Add(_drawing.Draw(_sample, _options.Impacts, _engine));
            }
        }
    }

    private void Add((SimulatedEvent Event, IReadOnlyList<Pulse> Pulses) begun)
    {
        _events.Add(begun.Event);
        _pulses.AddRange(begun.Pulses);
        _busyUntil = _sample + (int)(1.6 * _options.Rate);
    }

    private int Next(double seconds) => _sample + (int)(_options.Rate * Math.Max(2.5, seconds * (0.5 + _random.NextDouble())));

    /// <summary>A rotation about an axis of any direction (Rodrigues).</summary>
    private double[] Turned(double angle)
    {
        double x = Normal(), y = Normal(), z = Normal(), length = Math.Sqrt((x * x) + (y * y) + (z * z));
        (x, y, z) = (x / length, y / length, z / length);
        double c = Math.Cos(angle), s = Math.Sin(angle), d = 1 - c;
        return
        [
            c + (x * x * d), (x * y * d) - (z * s), (x * z * d) + (y * s),
            (y * x * d) + (z * s), c + (y * y * d), (y * z * d) - (x * s),
            (z * x * d) - (y * s), (z * y * d) + (x * s), c + (z * z * d),
        ];
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
