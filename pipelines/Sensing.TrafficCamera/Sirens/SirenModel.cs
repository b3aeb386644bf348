namespace Sensing.TrafficCamera.Sirens;

/// <summary>Networks with one small hidden layer over <see cref="SirenFeatures"/>; their log-odds are averaged.</summary>
/// <remarks>Both classes had equal weight in the fit, so that the logit is the logarithm of a likelihood ratio. The networks differ in their first weights
/// alone: on sounds that they were not fitted to they err apart, and their mean errs less (Hansen and Salamon 1990).</remarks>
internal static partial class SirenModel
{
    public const int Hidden = 6;

    /// <summary>Weights of one network.</summary>
    public static int Size => (Hidden * (SirenFeatures.Count + 1)) + Hidden + 1;

    public static double LogOdds(ReadOnlySpan<float> features) => LogOdds(features, Weights);

    /// <param name="features">Of a reading.</param>
    /// <param name="weights">Of each network: a row per hidden unit (bias, then a weight per feature), then the output's (bias, then a weight per
    /// unit).</param>
    public static double LogOdds(ReadOnlySpan<float> features, ReadOnlySpan<float> weights)
    {
        double sum = 0;
        for (int from = 0; from < weights.Length; from += Size)
        {
            sum += Network(features, weights.Slice(from, Size));
        }

        return sum * Size / weights.Length;
    }

    private static double Network(ReadOnlySpan<float> features, ReadOnlySpan<float> weights)
    {
        int row = features.Length + 1;
        ReadOnlySpan<float> output = weights[(Hidden * row)..];
        double sum = output[0];
        for (int h = 0; h < Hidden; h++)
        {
            ReadOnlySpan<float> unit = weights.Slice(h * row, row);
            sum += output[h + 1] * Math.Tanh(unit[0] + System.Numerics.Tensors.TensorPrimitives.Dot(unit[1..], features));
        }

        return sum;
    }
}
