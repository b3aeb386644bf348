using System.Text.Json.Serialization;
using Sensing.Das.Tracks;
using Sensing.Events.Das;

namespace Sensing.Das.Classify;

/// <summary>How the vehicles of a site divide into small and large.</summary>
/// <remarks>Features: log₁₀ of the amplitude in the passage band, which goes with weight, and log₁₀ of the vibration's root
/// mean square (Truong et al., sec. 5: large vehicles stand out in both).</remarks>
public sealed record ClassModel
{
    public required GaussianMixture Mixture { get; init; }

    /// <summary>How many times the pooled deviation the two components' amplitudes are apart; below 2 they do not divide.</summary>
    [JsonIgnore]
    public double Separation
    {
        get
        {
            double a = Mixture.LowerDeviation[0], b = Mixture.UpperDeviation[0];
            return (Mixture.UpperMean[0] - Mixture.LowerMean[0]) / Math.Sqrt(((a * a) + (b * b)) / 2);
        }
    }

    public static double[] Features(Passage passage) =>
        [Math.Log10(Math.Max(passage.Amplitude, 1e-15)), Math.Log10(Math.Max(passage.Vibration, 1e-30)) / 2];

    /// <summary>The site's own mixture, without labels.</summary>
    public static ClassModel FromMixture(IReadOnlyList<double[]> features) => new() { Mixture = GaussianMixture.Fit(features) };

    /// <summary>From vehicles whose class is known.</summary>
    public static ClassModel FromLabels(IReadOnlyList<double[]> features, IReadOnlyList<VehicleClass> classes) =>
        new() { Mixture = GaussianMixture.Fit(features, [.. classes.Select(c => c != VehicleClass.Small)]) };

    /// <summary>Probability that a vehicle is large.</summary>
    public double LargeProbability(double[] features)
    {
        // Beyond the mean on its own side a component's wider tail must not claim the point of the other.
        double amplitude = features[0];
        return amplitude <= Mixture.LowerMean[0] ? Math.Min(0.01, Mixture.UpperProbability(features))
            : amplitude >= Mixture.UpperMean[0] ? Math.Max(0.99, Mixture.UpperProbability(features))
            : Mixture.UpperProbability(features);
    }
}
