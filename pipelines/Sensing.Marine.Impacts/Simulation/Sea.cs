using System.Numerics;

namespace Sensing.Marine.Impacts.Simulation;

/// <summary>Long-crested wave trains under a vessel that makes way: a JONSWAP spectrum with some spread of directions.</summary>
/// <remarks>Hasselmann and others, 1973; deep water. Each train is a rotating complex number, so that a sample costs one product a train.</remarks>
internal sealed class Sea
{
    private const int Trains = 24;

    private readonly Complex[] _state = new Complex[Trains];
    private readonly Complex[] _turn = new Complex[Trains];
    private readonly Complex[] _toBow = new Complex[Trains];
    private readonly double[] _hull = new double[Trains];
    private readonly double[] _slopeAhead = new double[Trains];
    private readonly double[] _slopeAcross = new double[Trains];
    private readonly double[] _orbital = new double[Trains];
    private int _steps;

    public Sea(Random random, Hull hull, double heightM, double speedMs, double step)
    {
        // Steepness 1/12 to 1/30: young to old seas.
        double length = heightM * (12 + (18 * random.NextDouble())), peak = Math.Sqrt(2 * Math.PI * Hull.Gravity / Math.Max(4, length));
        double heading = 2 * Math.PI * random.NextDouble();
        double low = 0.6 * peak, width = 2.6 * peak / Trains;
        double[] energy = new double[Trains], frequency = new double[Trains];
        for (int i = 0; i < Trains; i++)
        {
            frequency[i] = low + (width * (i + random.NextDouble()));
            energy[i] = Jonswap(frequency[i] / peak);
        }

        double scale = heightM * heightM / 16 / energy.Sum();
        for (int i = 0; i < Trains; i++)
        {
            double amplitude = Math.Sqrt(2 * energy[i] * scale), number = frequency[i] * frequency[i] / Hull.Gravity;
            double from = heading + (0.7 * (random.NextDouble() - 0.5)), ahead = Math.Cos(from), across = Math.Sin(from);
            _state[i] = Complex.FromPolarCoordinates(amplitude, 2 * Math.PI * random.NextDouble());
            _turn[i] = Complex.FromPolarCoordinates(1, (frequency[i] + (number * speedMs * ahead)) * step);
            _toBow[i] = Complex.FromPolarCoordinates(1, number * hull.LengthM / 2 * ahead);

            // A hull averages waves that are shorter than itself.
            _hull[i] = Average(number * hull.LengthM / 2 * ahead) * Average(number * hull.BeamM / 2 * across);
            _slopeAhead[i] = number * ahead;
            _slopeAcross[i] = number * across;
            _orbital[i] = frequency[i] * frequency[i];
        }
    }

    /// <summary>Height that lifts the hull, m.</summary>
    public double Lift { get; private set; }

    /// <summary>Height at the bow, m.</summary>
    public double AtBow { get; private set; }

    /// <summary>Slope from stern to bow.</summary>
    public double SlopeAhead { get; private set; }

    /// <summary>Slope from port to starboard.</summary>
    public double SlopeAcross { get; private set; }

    /// <summary>Acceleration of the water ahead, m/s².</summary>
    public double OrbitalAhead { get; private set; }

    public double OrbitalAcross { get; private set; }

    public void Step()
    {
        (Lift, AtBow, SlopeAhead, SlopeAcross, OrbitalAhead, OrbitalAcross) = (0, 0, 0, 0, 0, 0);
        bool tidy = ++_steps % 4096 == 0;
        for (int i = 0; i < Trains; i++)
        {
            Complex now = _state[i] * _turn[i];
            if (tidy)
            {
                // Rounding must not make waves grow over hours.
                now *= _state[i].Magnitude / now.Magnitude;
            }

            _state[i] = now;
            double height = _hull[i] * now.Real, quadrature = _hull[i] * now.Imaginary;
            Lift += height;
            AtBow += (now * _toBow[i]).Real;
            SlopeAhead -= _slopeAhead[i] * quadrature;
            SlopeAcross -= _slopeAcross[i] * quadrature;
            OrbitalAhead += _orbital[i] * _slopeAhead[i] / Math.Max(1e-9, Math.Abs(_slopeAhead[i]) + Math.Abs(_slopeAcross[i])) * quadrature;
            OrbitalAcross += _orbital[i] * _slopeAcross[i] / Math.Max(1e-9, Math.Abs(_slopeAhead[i]) + Math.Abs(_slopeAcross[i])) * quadrature;
        }
    }

    private static double Jonswap(double ratio)
    {
        double width = ratio < 1 ? 0.07 : 0.09;
        return Math.Pow(ratio, -5) * Math.Exp(-1.25 * Math.Pow(ratio, -4))
            * Math.Pow(3.3, Math.Exp(-(ratio - 1) * (ratio - 1) / (2 * width * width)));
    }

    private static double Average(double half) => Math.Abs(half) < 1e-3 ? 1 : Math.Sin(half) / half;
}
