using Sensing.Das.Events;

namespace Sensing.Das.Classify;

/// <summary>A site's class model from its own vehicles, or a reason why they do not give one.</summary>
public static class ClassCalibration
{
    /// <summary>Fewer vehicles than this tell nothing about classes.</summary>
    public const int FewestVehicles = 20;

    /// <summary>Fewer vehicles of one class than this tell nothing about how it differs.</summary>
    public const int FewestOfAClass = 5;

    private const string LabelMore = "Label more vehicles, or record longer, at a time when they pass.";

    /// <summary>The site's own mixture, without labels.</summary>
    /// <exception cref="CalibrationException">Too few vehicles, or they are of one class.</exception>
    public static ClassModel FromSite(IReadOnlyList<ClassifiedPassage> vehicles)
    {
        if (vehicles.Count < FewestVehicles)
        {
            throw new CalibrationException(
                $"{vehicles.Count} vehicles were found; {FewestVehicles} are needed to tell classes apart.",
                "Record longer; where vehicles passed that were not found, see what replay --plot shows.");
        }

        double[][] features = [.. vehicles.Select(v => ClassModel.Features(v.Passage))];
        return FromFeatures(features);
    }

    /// <summary>From features, see <see cref="ClassModel.Features"/>.</summary>
    /// <exception cref="CalibrationException">They are of one class.</exception>
    internal static ClassModel FromFeatures(IReadOnlyList<double[]> features)
    {
        const string remedy = "Record at a time when trucks and buses pass too, or give labels (--labels).";
        var model = ClassModel.FromMixture(features);
        int upper = features.Count(f => model.LargeProbability(f) >= 0.5), lower = features.Count - upper;
        if (model.Separation < ClassModel.LeastSeparation || !model.IsBetterThanOneClass(features))
        {
            throw new CalibrationException(
                FormattableString.Invariant($"The {features.Count} vehicles are of one class as far as amplitude and vibration show: the best division lies {model.Separation:0.0} deviations apart ({ClassModel.LeastSeparation} are needed), {lower} vehicles below and {upper} above."),
                remedy);
        }

        return Math.Min(lower, upper) >= FewestOfAClass ? model : throw new CalibrationException(
            $"{Math.Min(lower, upper)} of the {features.Count} vehicles stand apart as {(upper < lower ? "large" : "small")}; {FewestOfAClass} are needed to say how that class differs.", remedy);
    }

    /// <summary>From vehicles whose class is known; rail vehicles count as large ones of which some are told by amplitude.</summary>
    /// <exception cref="CalibrationException">Too few of a class.</exception>
    public static ClassModel FromLabels(IReadOnlyList<LabelledVehicle> labelled)
    {
        int small = labelled.Count(k => k.Label.Class == VehicleClass.Small), others = labelled.Count - small;
        if (small == 0 || others == 0)
        {
            throw new CalibrationException(
                $"All {labelled.Count} labelled vehicles that were found are {(small == 0 ? "large or rail" : "small")}: one class alone gives no division.", LabelMore);
        }

        if (Math.Min(small, others) < FewestOfAClass)
        {
            throw new CalibrationException(
                $"{small} small and {others} large or rail vehicles among the labelled ones were found; {FewestOfAClass} of each are needed.", LabelMore);
        }

        double[][] features = [.. labelled.Select(k => ClassModel.Features(k.Vehicle.Passage))];
        ClassModel model = ClassModel.FromLabels(features, [.. labelled.Select(k => k.Label.Class)]);
        return model.Mixture.UpperMean[0] > model.Mixture.LowerMean[0] ? model with { RailAmplitude = RailAmplitude(labelled) } : throw new CalibrationException(
            "The vehicles that are labelled large have smaller amplitudes than those labelled small.", "Check whether the labels' classes, or their times, have been mixed up.");
    }

    /// <summary>Amplitude between large and rail, 1/s: the middle of their mean logarithms; null where too few of either are labelled.</summary>
    private static double? RailAmplitude(IReadOnlyList<LabelledVehicle> labelled)
    {
        double[] large = Logarithms(VehicleClass.Large), rail = Logarithms(VehicleClass.Rail);
        return large.Length >= FewestOfAClass && rail.Length >= FewestOfAClass && rail.Average() > large.Average()
            ? Math.Pow(10, (large.Average() + rail.Average()) / 2) : null;

        double[] Logarithms(VehicleClass kind) =>
            [.. labelled.Where(k => k.Label.Class == kind).Select(k => ClassModel.Features(k.Vehicle.Passage)[0])];
    }
}
