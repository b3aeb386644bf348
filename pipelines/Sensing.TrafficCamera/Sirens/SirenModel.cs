namespace Sensing.TrafficCamera.Sirens;

/// <summary>A network with one small hidden layer over <see cref="SirenFeatures"/>.</summary>
/// <remarks>Both classes had equal weight in the fit, so that the logit is the logarithm of a likelihood ratio.</remarks>
internal static partial class SirenModel
{
    public const int Hidden = 6;

    public static double LogOdds(ReadOnlySpan<float> features) => LogOdds(features, Weights);

    /// <param name="features">Of a reading.</param>
    /// <param name="weights">A row per hidden unit (bias, then a weight per feature), then the output's (bias, then a weight per unit).</param>
    public static double LogOdds(ReadOnlySpan<float> features, ReadOnlySpan<float> weights)
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
