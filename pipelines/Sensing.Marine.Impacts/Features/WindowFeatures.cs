using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Features;

/// <summary>What describes a window to the classifier: numbers with a physical meaning each. Not thread-safe.</summary>
/// <remarks>
/// Levels (medians), and aboard a vessel trends (straight lines), are taken off first: gravity, trim, the sensor's offset and the flight or voyage must
/// not be learnt. Magnitudes enter as logarithms, so that a
/// hard and a soft blow differ by a shift; directions as components, which keep their sign.
/// </remarks>
public sealed class WindowFeatures
{
    /// <summary>Version of the list: a model for another one is refused.</summary>
    public const string Version = "impact-features-1";

    private static readonly string[] Axes = ["ahead", "starboard", "down"];
    private static readonly string[] Quantities = ["acceleration", "rate"];
    private static readonly string[] Plain = [.. Quantities.SelectMany(OfQuantity), .. Crossed()];
    private static readonly string[] WithLevels = [.. Plain, .. Quantities.SelectMany(quantity => Axes.Select(axis => $"{quantity} level {axis}"))];

    private readonly Baseline _baseline;
    private Triple _linear = new(0, true);
    private Triple _angular = new(0, true);

    /// <param name="baseline">What is taken off first.</param>
    public WindowFeatures(Baseline baseline = Baseline.Trend) => _baseline = baseline;

    public IReadOnlyList<string> Names => _baseline == Baseline.Load ? WithLevels : Plain;

    /// <summary>The features of a window, in the order of <see cref="Names"/>.</summary>
    public float[] Of(MotionWindow window)
    {
        if (_linear.Length != window.Length)
        {
            (_linear, _angular) = (Triple(window), Triple(window));
        }

        _linear.Fill(window[0], window[1], window[2]);
        _angular.Fill(window[3], window[4], window[5]);
        float[] made = new float[Names.Count];
        int next = 0;
        Write(_linear, _angular, window.Rate, made, ref next);
        Write(_angular, _linear, window.Rate, made, ref next);
        Cross(window.Rate, made, ref next);
        if (_baseline == Baseline.Load)
        {
            foreach (double level in (double[])[.. _linear.Level, .. _angular.Level])
            {
                made[next++] = (float)Signed(level);
            }
        }

        return made;
    }

    private Triple Triple(MotionWindow window) => new(window.Length, _baseline == Baseline.Trend);

    private static IEnumerable<string> OfQuantity(string of) =>
    [
        $"{of} peak", $"{of} rms", $"{of} crest", $"{of} jerk", $"{of} width", $"{of} spread", $"{of} frequency", $"{of} periodicity",
        .. Axes.Select(axis => $"{of} direction {axis}"), .. Axes.Select(axis => $"{of} share of peak {axis}"), $"{of} diagonality",
        .. Axes.Select(axis => $"{of} {axis} at the other's peak"), .. Axes.Select(axis => $"{of} impulse {axis}"),
        .. Axes.Select(axis => $"{of} step {axis}"), .. Axes.Select(axis => $"{of} slow peak {axis}"), .. Axes.Select(axis => $"{of} energy share {axis}"),
        .. Axes.Select(axis => $"{of} peak {axis}"),
    ];

    private static IEnumerable<string> Crossed() =>
        ["rate by acceleration", "delay", .. Axes.SelectMany(linear => Axes.Select(angular => $"correlation {linear} with rate {angular}"))];

    private static void Write(Triple triple, Triple other, double rate, float[] made, ref int next)
    {
        int at = triple.PeakAt, length = triple.Length;
        double peak = triple.Peak, rms = triple.Rms;
        Add(made, ref next, Math.Log(peak), Math.Log(rms), Math.Log(peak / rms), Math.Log(1e-2 + triple.Jerk(rate)));
        Add(made, ref next, Math.Log(triple.Width() / rate), Math.Log(triple.Spread() / rate));
        Add(made, ref next, Math.Log(0.1 + triple.Frequency(rate)), triple.Periodicity(rate));
        double x = triple[0][at] / peak, y = triple[1][at] / peak, z = triple[2][at] / peak;
        Add(made, ref next, x, y, z, Math.Abs(x), Math.Abs(y), Math.Abs(z));
        Add(made, ref next, Math.Min(Math.Abs(x), Math.Abs(y)) / Math.Max(1e-3, Math.Max(Math.Abs(x), Math.Abs(y))));
        for (int axis = 0; axis < 3; axis++)
        {
            Add(made, ref next, triple[axis][other.PeakAt] / peak);
        }

        // Within 0.1 s of the peak: of an acceleration, the change of velocity that a blow brings.
        int near = Math.Max(1, (int)Math.Round(rate / 10));
        for (int axis = 0; axis < 3; axis++)
        {
            int from = Math.Max(0, at - near), to = Math.Min(length, at + near + 1);
            Add(made, ref next, Signed(5 * triple.Mean(axis, from, to) * (to - from) / rate));
        }

        for (int axis = 0; axis < 3; axis++)
        {
            Add(made, ref next, Math.Clamp((triple.Mean(axis, at + 1, length) - triple.Mean(axis, 0, at)) / rms, -5, 5));
        }

        (double sx, double sy, double sz) = triple.SlowPeak((int)Math.Round(0.4 * rate));
        Add(made, ref next, Signed(5 * sx), Signed(5 * sy), Signed(5 * sz));
        double energy = Math.Max(1e-12, rms * rms * length);
        Add(made, ref next, triple.Energy(0) / energy, triple.Energy(1) / energy, triple.Energy(2) / energy);
        Add(made, ref next, Math.Log(1e-2 + triple.Largest(0)), Math.Log(1e-2 + triple.Largest(1)), Math.Log(1e-2 + triple.Largest(2)));
    }

    private static void Add(float[] made, ref int next, params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            made[next++] = (float)value;
        }
    }

    /// <summary>A logarithm that keeps the sign.</summary>
    private static double Signed(double value) => Math.Sign(value) * Math.Log(1 + Math.Abs(value));

    private void Cross(double rate, float[] made, ref int next)
    {
        double delay = (_angular.PeakAt - _linear.PeakAt) / rate;
        Add(made, ref next, Math.Log(_angular.Peak / _linear.Peak), Math.Clamp(delay, -0.5, 0.5));
        for (int linear = 0; linear < 3; linear++)
        {
            for (int angular = 0; angular < 3; angular++)
            {
                ReadOnlySpan<double> a = _linear[linear], b = _angular[angular];
                double cross = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    cross += a[i] * b[i];
                }

                Add(made, ref next, cross / Math.Sqrt(Math.Max(1e-12, _linear.Energy(linear) * _angular.Energy(angular))));
            }
        }
    }
}
