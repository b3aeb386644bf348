using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Simulation;

/// <summary>An engine on its mounts: tones of the shaft with harmonics, which the sensor reads, and times of rough running.</summary>
internal sealed class Engine
{
    private readonly Random _random;
    private readonly double _rate, _level;
    private readonly (double X, double Y, double Z) _share;
    private double _hz, _phase, _wander;
    private double _roughness = 1;
    private int _roughFrom, _roughUntil;
    private double _roughLevel, _roughHz;

    public Engine(Random random, double rate)
    {
        (_random, _rate) = (random, rate);
        _hz = 9 + (26 * random.NextDouble());
        _level = random.NextDouble() < 0.2 ? 0 : 0.03 + (0.3 * random.NextDouble() * random.NextDouble());
        _share = (0.2 + (0.4 * random.NextDouble()), 0.4 + (0.6 * random.NextDouble()), 0.6 + (0.4 * random.NextDouble()));
    }

    /// <summary>What it adds to the motion now.</summary>
    public Motion6 Vibration { get; private set; }

    /// <summary>It shakes: it is being started, a propeller draws air, a cylinder misses.</summary>
    public void Shake(int from, double seconds, double level)
    {
        (_roughFrom, _roughUntil, _roughLevel) = (from, from + (int)(seconds * _rate), level);
        _roughHz = 6 + (16 * _random.NextDouble());
    }

    public void Step(int sample)
    {
        _wander = (0.999 * _wander) + (0.002 * (_random.NextDouble() - 0.5));
        bool rough = sample < _roughUntil && sample >= _roughFrom;
        _roughness += ((rough ? 1 : 0) - _roughness) * (1 - Math.Exp(-1 / (0.04 * _rate)));
        _phase += 2 * Math.PI * ((_hz * (1 + _wander) * (1 - _roughness)) + (_roughHz * _roughness)) / _rate;
        double level = _level + ((_roughLevel - _level) * _roughness);
        double first = Math.Sin(_phase), second = Math.Sin((2 * _phase) + 0.7), half = Math.Sin((0.5 * _phase) + 1.9);
        double sum = level * (first + (0.4 * second) + (0.3 * half)), other = level * (Math.Cos(_phase) + (0.4 * half));
        Vibration = new Motion6(
            _share.X * sum, _share.Y * other, _share.Z * sum, 0.06 * _share.Y * other, 0.02 * sum, 0.01 * other);
    }
}
