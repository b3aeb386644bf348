namespace Sensing.TrafficCamera.LightBars;

/// <summary>Tests whether groups of flashes follow each other at a fixed period of up to 1 s.</summary>
/// <remarks>
/// Epoch folding: with a rhythm, nearly each period has a group within a short part of it and few elsewhere (Bernoulli
/// for the part, Poisson for the
/// rest, each at its best rate); without one, groups are a Poisson process. The gain is the logarithm of the ratio of
/// both likelihoods. An arc of the
/// period that explains most groups begins at one of them, so that only those are tried.
/// </remarks>
internal static class FlashPeriodicity
{
    /// <summary>Groups that make a rhythm.</summary>
    public const int LeastGroups = 3;

    private const double LowestHz = 0.93;

    // Double pulses that take turns on two sides four times a second are eight pulses a second where one cell sees both
    // sides.
    private const double HighestHz = 8.4;

    // A group whose first pulse falls between two exposures is seen late.
    private const double LeastShare = 0.6;

    // Parts of a period, beside the time of about one frame, in which a group's light may lie: pulses that are not seen
    // move it.
    private static readonly double[] Widths = [0, 0.16, 0.3];

    /// <summary>The best rhythm.</summary>
    /// <param name="seconds">Time of each frame, rising.</param>
    /// <param name="groups">Time of each group.</param>
    /// <param name="frameSeconds">Typical time between two frames.</param>
    public static FlashRhythm Best(ReadOnlySpan<float> seconds, ReadOnlySpan<float> groups, double frameSeconds)
    {
        double duration = seconds[^1] - seconds[0];
        FlashRhythm best = default;
        if (groups.Length < LeastGroups || duration < 1)
        {
            return best;
        }

        // A frame of drift over the whole duration.
        double step = frameSeconds / duration;
        double highest = Math.Min(HighestHz, 0.36 / frameSeconds);
        for (double frequency = LowestHz; frequency <= highest; frequency += step * frequency)
        {
            FlashRhythm here = At(frequency, seconds, groups, frameSeconds);
            best = here.Gain > best.Gain ? here : best;
        }

        return best;
    }

    /// <summary>The best rhythm at a frequency.</summary>
    public static FlashRhythm At(double frequency, ReadOnlySpan<float> seconds, ReadOnlySpan<float> groups, double frameSeconds)
    {
        FlashRhythm best = default;
        foreach (double share in Widths)
        {
            double width = share == 0 ? 1.1 * frameSeconds * frequency : share;
            if (width > 0.45 || (share > 0 && width < 1.3 * frameSeconds * frequency))
            {
                continue;
            }

            foreach (float first in groups)
            {
                double begin = first - (0.02 * frameSeconds);
                double gain = Gain(frequency, begin, width, seconds, groups, frameSeconds);
                if (gain > best.Gain)
                {
                    double phase = (begin - (0.5 * (seconds[0] + seconds[^1]))) * frequency;
                    best = new FlashRhythm(gain, frequency, phase - Math.Floor(phase));
                }
            }
        }

        return best;
    }

    private static double Gain(
        double frequency, double begin, double width, ReadOnlySpan<float> seconds, ReadOnlySpan<float> groups, double frameSeconds)
    {
        int hits = 0, outside = 0, lastHit = int.MinValue;
        foreach (float group in groups)
        {
            double at = (group - begin) * frequency;
            int cycle = (int)Math.Floor(at);
            if (at - cycle <= width && cycle != lastHit)
            {
                hits++;
                lastHit = cycle;
            }
            else
            {
                outside++;
            }
        }

        if (hits < LeastGroups)
        {
            return 0;
        }

        int cycles = 0, first = (int)Math.Floor((seconds[0] - begin) * frequency) + 1, last = (int)Math.Floor(((seconds[^1] - begin) * frequency) - width);
        for (int cycle = first; cycle <= last; cycle++)
        {
            cycles += IsSeen(seconds, begin + (cycle / frequency), begin + ((cycle + width) / frequency) + (0.5 * frameSeconds)) ? 1 : 0;
        }

        cycles = Math.Max(cycles, hits);
        double all = seconds.Length * frameSeconds, rest = Math.Max(all - (cycles * width / frequency), frameSeconds);
        double rate = groups.Length / all, chance = 1 - Math.Exp(-rate * width / frequency);
        double share = (hits + 0.5) / (cycles + 1), restRate = (outside + 0.5) / rest;
        if (hits < LeastShare * cycles || share <= chance || restRate >= rate)
        {
            return 0;
        }

        return (hits * Math.Log(share / chance)) + ((cycles - hits) * Math.Log((1 - share) / (1 - chance)))
            + (outside * Math.Log(restRate / rate)) - ((restRate - rate) * rest);
    }

    private static bool IsSeen(ReadOnlySpan<float> seconds, double from, double to)
    {
        int at = seconds.BinarySearch((float)from);
        at = at < 0 ? ~at : at;
        return at < seconds.Length && seconds[at] < to;
    }
}
