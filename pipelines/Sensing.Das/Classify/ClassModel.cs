using System.Text.Json.Serialization;
using Sensing.Das.Events;
using Sensing.Das.Tracks;

namespace Sensing.Das.Classify;

/// <summary>How the vehicles of a site divide into small and large.</summary>
/// <remarks>Features: log₁₀ of the amplitude in the passage band, which goes with weight, and log₁₀ of the vibration's root
/// mean square (Truong et al., sec. 5: large vehicles stand out in both).</remarks>
public sealed record ClassModel
{
    /// <summary>Below this separation the mixture's components overlap: one kind of vehicle, or too few of the other.</summary>
    public const double LeastSeparation = 1.5;

    public required GaussianMixture Mixture { get; init; }

    /// <summary>Amplitude above which a large vehicle is rail, 1/s, where rail vehicles were labelled; null: as configured.</summary>
    public double? RailAmplitude { get; init; }

    /// <summary>How many times the pooled deviation the two components' amplitudes are apart.</summary>
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

    /// <summary>Log₁₀ of the amplitude at which a vehicle of this log₁₀ vibration is as likely small as large.</summary>
    public double DivideAt(double logVibration) => Middle(t => [Between(0, t), logVibration])[0];

    /// <summary>The features, see <see cref="Features"/>, on the way from the small vehicles' mean to the large ones' at which both are as likely.</summary>
    public IReadOnlyList<double> Divide() => Middle(t => [Between(0, t), Between(1, t)]);

    private double Between(int feature, double t) => Mixture.LowerMean[feature] + (t * (Mixture.UpperMean[feature] - Mixture.LowerMean[feature]));

    /// <summary>Halves the way from one mean amplitude to the other, on which the probability goes from below a half to above it.</summary>
    private double[] Middle(Func<double, double[]> at)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = LargeProbability(at(middle)) < 0.5 ? (middle, high) : (low, middle);
        }

        return at((low + high) / 2);
    }

    /// <summary>Whether two classes explain the points better than one, by the Bayesian information criterion (Schwarz, Ann. Stat. 6, 1978).</summary>
    internal bool IsBetterThanOneClass(IReadOnlyList<double[]> features)
    {
        // Two means and two deviations each, and the share.
        const int one = 4, two = 9;
        return (2 * features.Sum(Mixture.LogDensityOf)) - (two * Math.Log(features.Count))
            > (2 * GaussianMixture.LogLikelihoodOfOne(features)) - (one * Math.Log(features.Count));
    }

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
