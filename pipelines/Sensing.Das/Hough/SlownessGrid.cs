namespace Sensing.Das.Hough;

/// <summary>The slownesses that lines are looked for at: evenly spaced, so that a line's time at the far end of an aperture
/// moves by an equal step from one to the next.</summary>
internal sealed class SlownessGrid
{
    /// <summary>How far two neighbouring lines are apart at the aperture's far end, s: a fraction of the peak's width.</summary>
    private const double EndStepSeconds = 0.2;

    public SlownessGrid(DasOptions options)
    {
        double least = 3.6 / options.MaxSpeedKmh, most = 3.6 / options.MinSpeedKmh;
        int count = 2 + (int)((most - least) * options.Detect.ApertureM / EndStepSeconds);
        StepSecondsPerM = (most - least) / (count - 1);
        Values = [.. Enumerable.Range(0, count).Select(i => least + (i * StepSecondsPerM))];
        Templates = [.. Values.Select(p => Nearest(options.Condition.TemplateSeconds, options.Condition.SignatureM * p))];
    }

    /// <summary>Slowness, s/m, rising.</summary>
    public double[] Values { get; }

    /// <summary>Which template fits each slowness.</summary>
    public int[] Templates { get; }

    public double StepSecondsPerM { get; }

    private static int Nearest(double[] widths, double width)
    {
        int best = 0;
        for (int i = 1; i < widths.Length; i++)
        {
            if (Math.Abs(Math.Log(widths[i] / width)) < Math.Abs(Math.Log(widths[best] / width)))
            {
                best = i;
            }
        }

        return best;
    }
}
