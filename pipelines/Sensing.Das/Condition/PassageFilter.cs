namespace Sensing.Das.Condition;

/// <summary>The filter that answers to a vehicle's passage with a peak: band-pass and matched template in one.</summary>
/// <remarks>
/// A passing load draws strain with a minimum alongside, so strain rate crosses from negative to positive there, like the
/// derivative of a Gaussian. Correlating with t/σ · exp(−t²/2σ²) turns that into a positive peak with two negative shoulders
/// (a matched filter, Turin, IRE Trans. Inf. Theory 6, 1960). A second-order Butterworth band-pass run both ways comes
/// first in effect: its squared magnitude is applied to the template's spectrum, and the product is cut to
/// ± <c>half</c> rows with a raised cosine. Odd about its middle, so phase is exactly linear and only one half is stored.
/// </remarks>
internal sealed class PassageFilter
{
    private PassageFilter(float[] taps) => Taps = taps;

    /// <summary>Coefficient of the row <c>k</c> after the middle, less that of the row <c>k</c> before it; index 0 is unused.</summary>
    public float[] Taps { get; }

    public int Half => Taps.Length - 1;

    /// <param name="rateHz">Rows per second.</param>
    /// <param name="lowHz">Lower corner, Hz.</param>
    /// <param name="highHz">Upper corner, Hz.</param>
    /// <param name="sigmaSeconds">Width σ of the template, s.</param>
    /// <param name="halfSeconds">Half length, s: the delay.</param>
    public static PassageFilter Design(double rateHz, double lowHz, double highHz, double sigmaSeconds, double halfSeconds)
    {
        int half = (int)Math.Round(halfSeconds * rateHz);
        var taps = new double[half + 1];

        // Sine transform of the template's spectrum times the band's: f(t) = ∫ |B(f)|² · f e^{−(2πfσ)²/2} sin(2πft) df.
        const double Step = 0.002;
        double end = Math.Min(rateHz / 2, (6 / (2 * Math.PI * sigmaSeconds)) + highHz);
        for (double f = Step / 2; f < end; f += Step)
        {
            double gain = BandPower(f, lowHz, highHz, rateHz) * f * Math.Exp(-0.5 * Math.Pow(2 * Math.PI * f * sigmaSeconds, 2));
            for (int k = 1; k <= half; k++)
            {
                taps[k] += gain * Math.Sin(2 * Math.PI * f * k / rateHz);
            }
        }

        double energy = 0;
        for (int k = 1; k <= half; k++)
        {
            taps[k] *= 0.5 + (0.5 * Math.Cos(Math.PI * k / (half + 1)));
            energy += 2 * taps[k] * taps[k];
        }

        return new PassageFilter([.. taps.Select(t => (float)(t / Math.Sqrt(energy)))]);
    }

    /// <summary>Squared magnitude of a second-order Butterworth band-pass, frequencies warped as the bilinear transform does.</summary>
    internal static double BandPower(double f, double lowHz, double highHz, double rateHz)
    {
        double W(double hz) => Math.Tan(Math.PI * hz / rateHz);
        double low = W(lowHz), high = W(Math.Min(highHz, 0.49 * rateHz)), w = W(f);
        double x = ((w * w) - (low * high)) / (w * (high - low));
        return 1 / (1 + Math.Pow(x, 4));
    }

    /// <summary>Gain at a frequency: the filter's answer to sin(2πft) is this times cos(2πft).</summary>
    internal double Gain(double f, double rateHz)
    {
        double sum = 0;
        for (int k = 1; k <= Half; k++)
        {
            sum += 2 * Taps[k] * Math.Sin(2 * Math.PI * f * k / rateHz);
        }

        return sum;
    }
}
