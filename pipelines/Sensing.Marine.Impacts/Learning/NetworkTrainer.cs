namespace Sensing.Marine.Impacts.Learning;

/// <summary>Fits a classifier to examples: cross entropy by Adam, several networks, seeded. The same input gives the same network.</summary>
public static class NetworkTrainer
{
    /// <param name="examples">At least one.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ImpactNetwork Fit(
        IReadOnlyList<Example> examples, IReadOnlyList<string> classes, TrainingOptions options, CancellationToken cancellation = default)
    {
        int features = examples[0].Features.Length;
        (float[] mean, float[] scale) = Standard(examples, features);
        float[][] inputs = [.. examples.Select(example => Standardised(example.Features, mean, scale))];
        float[] weights = Balanced(examples, classes.Count);
        int wide = options.Members * options.Hidden;
        float[] hidden = new float[features * wide], hiddenBias = new float[wide];
        float[] output = new float[wide * classes.Count], outputBias = new float[classes.Count];
        for (int member = 0; member < options.Members; member++)
        {
            // Each with a beginning, an order and disturbances of its own: what they differ in is averaged out.
            var one = new Committee(features, classes.Count, options with { Members = 1, Seed = unchecked((options.Seed * 7919) + member) });
            one.Fit(inputs, examples, weights, cancellation);
            for (int f = 0; f < features; f++)
            {
                one.Hidden.AsSpan(f * options.Hidden, options.Hidden).CopyTo(hidden.AsSpan((f * wide) + (member * options.Hidden)));
            }

            one.HiddenBias.CopyTo(hiddenBias, member * options.Hidden);
            float[] last = one.MeanOutput(), bias = one.MeanOutputBias();
            for (int i = 0; i < last.Length; i++)
            {
                output[(member * last.Length) + i] = last[i] / options.Members;
            }

            for (int label = 0; label < bias.Length; label++)
            {
                outputBias[label] += bias[label] / options.Members;
            }
        }

        return new ImpactNetwork
        {
            Classes = classes,
            Mean = mean,
            Scale = scale,
            Hidden = hidden,
            HiddenBias = hiddenBias,
            Output = output,
            OutputBias = outputBias,
        };
    }

    private static (float[] Mean, float[] Scale) Standard(IReadOnlyList<Example> examples, int features)
    {
        double[] sum = new double[features], squares = new double[features];
        foreach (Example example in examples)
        {
            for (int f = 0; f < features; f++)
            {
                sum[f] += example.Features[f];
                squares[f] += (double)example.Features[f] * example.Features[f];
            }
        }

        float[] mean = [.. sum.Select(total => (float)(total / examples.Count))];
        float[] scale = [.. squares.Select((total, f) => (float)(1 / Math.Max(0.05, Math.Sqrt(Math.Max(0, (total / examples.Count) - ((double)mean[f] * mean[f]))))))];
        return (mean, scale);
    }

    private static float[] Standardised(float[] values, float[] mean, float[] scale)
    {
        float[] made = new float[values.Length];
        for (int f = 0; f < made.Length; f++)
        {
            made[f] = Math.Clamp((values[f] - mean[f]) * scale[f], -ImpactNetwork.Cut, ImpactNetwork.Cut);
        }

        return made;
    }

    /// <summary>Rare classes count more, by the root of how rare they are: between counting windows and counting classes.</summary>
    private static float[] Balanced(IReadOnlyList<Example> examples, int classes)
    {
        double[] totals = new double[classes];
        foreach (Example example in examples)
        {
            totals[example.Class] += example.Weight;
        }

        double mean = totals.Sum() / Math.Max(1, totals.Count(total => total > 0));
        return [.. examples.Select(example => (float)(example.Weight * Math.Sqrt(mean / totals[example.Class])))];
    }
}
