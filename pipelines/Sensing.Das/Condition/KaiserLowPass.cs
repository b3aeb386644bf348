namespace Sensing.Das.Condition;

/// <summary>Low-pass FIR filters of odd length and exactly linear phase.</summary>
/// <remarks>Windowed sinc with a Kaiser window: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., sec. 7.6:
/// for a stop band of A dB, β = 0.1102 (A − 8.7) and 2 · half = (A − 7.95) / (2.285 · 2π · transition).</remarks>
internal static class KaiserLowPass
{
    private const double StopBandDb = 70;

    /// <summary>Half length for a transition band given in cycles per sample.</summary>
    public static int HalfLength(double transition) =>
        Math.Max(1, (int)Math.Ceiling((StopBandDb - 7.95) / (2.285 * 2 * Math.PI * transition) / 2));

    /// <summary>Coefficients with unit gain at zero frequency; <paramref name="cutoff"/> in cycles per sample.</summary>
    public static float[] Design(double cutoff, int half)
    {
        const double Beta = 0.1102 * (StopBandDb - 8.7);
        var taps = new double[(2 * half) + 1];
        for (int i = -half; i <= half; i++)
        {
            double sinc = i == 0 ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * i) / (Math.PI * i);
            double u = (double)i / (half + 1);
            taps[i + half] = sinc * BesselI0(Beta * Math.Sqrt(1 - (u * u))) / BesselI0(Beta);
        }

        double sum = taps.Sum();
        return [.. taps.Select(t => (float)(t / sum))];
    }

    /// <summary>Modified Bessel function of order 0, its power series (Abramowitz and Stegun 9.6.12).</summary>
    internal static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; term > sum * 1e-16; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
