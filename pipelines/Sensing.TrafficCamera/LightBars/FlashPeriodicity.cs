namespace Sensing.TrafficCamera.LightBars;

/// <summary>Tests whether the flashes of a series come in groups at a fixed period of 0.25 to 1 s.</summary>
/// <remarks>
/// Epoch folding with a Bernoulli likelihood: each frame either begins a flash or not. Without a light bar a flash begins with the same probability in
/// every frame; with one, with a high probability within a part of the period and a low one outside. The logarithm of the ratio of the two
/// likelihoods, each at its best, less the logarithm of the number of periods, phases and widths that were tried, is the evidence (a generalised
/// likelihood ratio with Occam's factor).
/// </remarks>
internal static class FlashPeriodicity
{
    private const double LowestHz = 0.95;
    private const double HighestHz = 4.2;
    private const int LeastCycles = 3;
    private const double LeastCycleShare = 0.6;

    // Groups of up to three pulses last up to this share of the period.
    private static readonly double[] Widths = [0, 0.2, 0.42];

    /// <summary>The evidence for the best period, nats; 0 or less: none.</summary>
    /// <param name="seconds">Time of each frame, rising.</param>
    /// <param name="begins">Whether a flash begins in the frame.</param>
    /// <param name="frameSeconds">Typical time between two frames.</param>
    /// <param name="frequencyHz">The best frequency.</param>
    public static double Evidence(ReadOnlySpan<float> seconds, ReadOnlySpan<bool> begins, double frameSeconds, out double frequencyHz)
    {
        frequencyHz = 0;
        int n = seconds.Length, flashes = begins.Count(true);
        double duration = seconds[^1] - seconds[0];
        if (flashes < LeastCycles || duration < 1)
        {
            return 0;
        }

        double none = Entropy(flashes, n), best = 0;
        int trials = 0;
        // Half a frame of drift over the window: finer steps test the same.
        double step = Math.Max(0.2 / duration, 0.02);
        for (double frequency = LowestHz; frequency <= Math.Min(HighestHz, 0.45 / frameSeconds); frequency += step)
        {
            double period = 1 / frequency;
            int phases = Math.Clamp((int)Math.Round(period / frameSeconds), 4, 24);
            foreach (double width in Widths)
            {
                int wide = Math.Max((int)Math.Round(width * phases), 1);
                if (wide * 2 >= phases || (width > 0 && wide == 1))
                {
                    continue;
                }

                for (int phase = 0; phase < phases; phase++)
                {
                    trials++;
                    double gain = Gain(seconds, begins, frequency, (double)phase / phases, (double)wide / phases, none);
                    if (gain > best)
                    {
                        best = gain;
                        frequencyHz = frequency;
                    }
                }
            }
        }

        return best - Math.Log(Math.Max(trials, 1));
    }

    private static double Gain(ReadOnlySpan<float> seconds, ReadOnlySpan<bool> begins, double frequency, double phase, double width, double none)
    {
        int inside = 0, hits = 0, outsideHits = 0, cycles = 0, cyclesHit = 0, last = int.MinValue, lastHit = int.MinValue;
        for (int i = 0; i < seconds.Length; i++)
        {
            double at = ((seconds[i] - seconds[0]) * frequency) - phase;
            int cycle = (int)Math.Floor(at);
            if (at - cycle < width)
            {
                inside++;
                if (cycle != last)
                {
                    cycles++;
                    last = cycle;
                }

                if (begins[i])
                {
                    hits++;
                    if (cycle != lastHit)
                    {
                        cyclesHit++;
                        lastHit = cycle;
                    }
                }
            }
            else if (begins[i])
            {
                outsideHits++;
            }
        }

        return hits == 0 || cyclesHit < LeastCycles || cyclesHit < LeastCycleShare * cycles || outsideHits * inside > hits * (seconds.Length - inside) ? 0
            : none - Entropy(hits, inside) - Entropy(outsideHits, seconds.Length - inside);
    }

    /// <summary>Negative logarithm of the likelihood of k of n at its own best rate, with half a count added (Krichevsky and Trofimov).</summary>
    private static double Entropy(int k, int n)
    {
        double p = (k + 0.5) / (n + 1);
        return -((k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
    }
}
