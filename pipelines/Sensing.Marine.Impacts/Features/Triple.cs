namespace Sensing.Marine.Impacts.Features;

/// <summary>Three axes of one quantity in a window without their level, with their magnitude and its peak.</summary>
internal sealed class Triple
{
    /// <summary>Magnitudes below count as this: 1 mm/s², far below any sensor's noise.</summary>
    private const double Least = 1e-3;

    private readonly double[][] _axes;
    private readonly double[] _sorted;

    private readonly bool _detrends;

    /// <param name="length">Samples.</param>
    /// <param name="detrends">A straight line is taken off as well as the level: a craft that settles, the slope of a wave.</param>
    public Triple(int length, bool detrends)
    {
        _detrends = detrends;
        _axes = [new double[length], new double[length], new double[length]];
        Magnitude = new double[length];
        _sorted = new double[length];
    }

    public double[] Magnitude { get; }

    public int Length => Magnitude.Length;

    /// <summary>Where the magnitude is largest.</summary>
    public int PeakAt { get; private set; }

    public double Peak => Math.Max(Least, Magnitude[PeakAt]);

    public double Rms { get; private set; }

    /// <summary>Levels that were taken off: the medians, which an event shorter than half the window does not move.</summary>
    public double[] Level { get; } = new double[3];

    public ReadOnlySpan<double> this[int axis] => _axes[axis];

    public void Fill(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z)
    {
        Fill(0, x);
        Fill(1, y);
        Fill(2, z);
        double sum = 0;
        PeakAt = 0;
        for (int i = 0; i < Length; i++)
        {
            double square = (_axes[0][i] * _axes[0][i]) + (_axes[1][i] * _axes[1][i]) + (_axes[2][i] * _axes[2][i]);
            sum += square;
            Magnitude[i] = Math.Sqrt(square);
            PeakAt = Magnitude[i] > Magnitude[PeakAt] ? i : PeakAt;
        }

        Rms = Math.Max(Least, Math.Sqrt(sum / Length));
    }

    /// <summary>Largest rate of change, a second.</summary>
    public double Jerk(double rate)
    {
        double most = 0;
        for (int i = 1; i < Length; i++)
        {
            double x = _axes[0][i] - _axes[0][i - 1], y = _axes[1][i] - _axes[1][i - 1], z = _axes[2][i] - _axes[2][i - 1];
            most = Math.Max(most, (x * x) + (y * y) + (z * z));
        }

        return Math.Sqrt(most) * rate;
    }

    /// <summary>Mean frequency, Hz: of a sine wave its own.</summary>
    public double Frequency(double rate)
    {
        double change = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            for (int i = 1; i < Length; i++)
            {
                double step = _axes[axis][i] - _axes[axis][i - 1];
                change += step * step;
            }
        }

        return Math.Sqrt(change / (Length - 1)) * rate / (2 * Math.PI * Rms);
    }

    /// <summary>Samples about the peak with at least half of it.</summary>
    public int Width()
    {
        double half = Magnitude[PeakAt] / 2;
        int first = PeakAt, last = PeakAt;
        while (first > 0 && Magnitude[first - 1] >= half)
        {
            first--;
        }

        while (last < Length - 1 && Magnitude[last + 1] >= half)
        {
            last++;
        }

        return last - first + 1;
    }

    /// <summary>Samples over which the energy is spread: 1 for a spike, all for a steady vibration.</summary>
    public double Spread()
    {
        double squares = 0, fourths = 0;
        foreach (double value in Magnitude)
        {
            double square = value * value;
            squares += square;
            fourths += square * square;
        }

        return squares * squares / Math.Max(1e-24, fourths);
    }

    /// <summary>Largest correlation of the axis with most energy with itself, between 1/20 s and a third of the window later: 1 for a steady vibration.</summary>
    public double Periodicity(double rate)
    {
        int axis = Energy(0) > Energy(1) ? (Energy(0) > Energy(2) ? 0 : 2) : (Energy(1) > Energy(2) ? 1 : 2);
        double[] values = _axes[axis];
        double best = 0;
        int first = Math.Max(2, (int)(rate / 20));
        for (int lag = first; lag <= Length / 3; lag++)
        {
            double cross = 0, left = 1e-12, right = 1e-12;
            for (int i = lag; i < Length; i++)
            {
                cross += values[i] * values[i - lag];
                left += values[i] * values[i];
                right += values[i - lag] * values[i - lag];
            }

            best = Math.Max(best, cross / Math.Sqrt(left * right));
        }

        return best;
    }

    /// <summary>Largest departure of an axis, either way.</summary>
    public double Largest(int axis)
    {
        double most = 0;
        foreach (double value in _axes[axis])
        {
            most = Math.Max(most, Math.Abs(value));
        }

        return most;
    }

    public double Energy(int axis)
    {
        double sum = 0;
        foreach (double value in _axes[axis])
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>Mean of an axis from one sample to before another, both cut to the window.</summary>
    public double Mean(int axis, int from, int to)
    {
        (from, to) = (Math.Max(0, from), Math.Min(Length, to));
        double sum = 0;
        for (int i = from; i < to; i++)
        {
            sum += _axes[axis][i];
        }

        return to > from ? sum / (to - from) : 0;
    }

    /// <summary>The mean over so many samples with the largest magnitude: the slow part of an event.</summary>
    public (double X, double Y, double Z) SlowPeak(int samples)
    {
        samples = Math.Clamp(samples, 1, Length);
        double x = Mean(0, 0, samples) * samples, y = Mean(1, 0, samples) * samples, z = Mean(2, 0, samples) * samples;
        (double X, double Y, double Z) best = (x, y, z);
        for (int i = samples; i < Length; i++)
        {
            x += _axes[0][i] - _axes[0][i - samples];
            y += _axes[1][i] - _axes[1][i - samples];
            z += _axes[2][i] - _axes[2][i - samples];
            if ((x * x) + (y * y) + (z * z) > (best.X * best.X) + (best.Y * best.Y) + (best.Z * best.Z))
            {
                best = (x, y, z);
            }
        }

        return (best.X / samples, best.Y / samples, best.Z / samples);
    }

    private void Fill(int axis, ReadOnlySpan<double> values)
    {
        values.CopyTo(_sorted);
        Array.Sort(_sorted);
        double level = (_sorted[(Length - 1) / 2] + _sorted[Length / 2]) / 2, slope = _detrends ? Slope(values) : 0, middle = (Length - 1) / 2.0;
        Level[axis] = level;
        for (int i = 0; i < Length; i++)
        {
            _axes[axis][i] = values[i] - level - (slope * (i - middle));
        }
    }

    /// <summary>Least squares, a sample.</summary>
    private double Slope(ReadOnlySpan<double> values)
    {
        double middle = (Length - 1) / 2.0, sum = 0;
        for (int i = 0; i < Length; i++)
        {
            sum += (i - middle) * values[i];
        }

        return sum / (Length * (((double)Length * Length) - 1) / 12);
    }
}
