using Sensing.Das.Events;
using Sensing.Das.Tracks;

namespace Sensing.Das.Classify;

/// <summary>What a vehicle is, and how sure that is.</summary>
public static class ClassDecision
{
    /// <summary>Width of the logistic steps about an amplitude, decades: where no mixture tells how wide the classes are.</summary>
    private const double StepDecades = 0.1;

    /// <param name="passage">The vehicle.</param>
    /// <param name="model">How the site's vehicles divide; null: by the configured amplitude.</param>
    /// <param name="options">The configured amplitudes, and whether rail vehicles pass.</param>
    public static (VehicleClass Class, double Probability) Of(Passage passage, ClassModel? model, ClassOptions options)
    {
        double large = model?.LargeProbability(ClassModel.Features(passage)) ?? Above(passage.Amplitude, options.DivideAmplitude);
        if (large < 0.5)
        {
            return (VehicleClass.Small, 1 - large);
        }

        double rail = options.Rail ? Above(passage.Amplitude, model?.RailAmplitude ?? options.RailAmplitude) : 0;
        return rail >= 0.5 ? (VehicleClass.Rail, rail * large) : (VehicleClass.Large, large * (1 - rail));
    }

    private static double Above(double amplitude, double divide) => 1 / (1 + Math.Exp(-Math.Log10(amplitude / divide) / StepDecades));
}
