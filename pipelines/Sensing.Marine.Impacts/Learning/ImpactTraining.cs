using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>Trains the classifier of impacts: from simulated voyages, and from a user's own windows where there are any.</summary>
public static class ImpactTraining
{
    /// <summary>Voyages of a minute each to learn from, and to calibrate with.</summary>
    public const int Voyages = 600, CalibrationVoyages = 120;

    /// <summary>How much a window of the user's counts: there are few, and they are of the vessel itself.</summary>
    private const float OwnWeight = 5;

    /// <param name="own">The user's windows; may be empty. Their classes are those of <see cref="SimulatedWindows.Classes"/>.</param>
    /// <param name="seed">Of voyages and networks.</param>
    /// <param name="voyages">Voyages to learn from.</param>
    /// <param name="cancellation">Stops it.</param>
    public static TrainedModel Train(IReadOnlyList<LabelledWindow> own, int seed, int voyages = Voyages, CancellationToken cancellation = default)
    {
        List<Example> examples = SimulatedWindows.Examples(SimulatedWindows.Voyages(voyages, seed), mirrored: true, cancellation);
        examples.AddRange(Own(own));
        ImpactNetwork network = NetworkTrainer.Fit(examples, SimulatedWindows.Classes, new TrainingOptions { Seed = seed }, cancellation);
        List<Example> held = SimulatedWindows.Examples(
            SimulatedWindows.Voyages(Math.Max(20, voyages * CalibrationVoyages / Voyages), seed ^ 0x5eed), mirrored: false, cancellation);
        (float[] Scores, int Class)[] scores = [.. held.Select(example => (network.Scores(example.Features), example.Class))];
        ImpactNetwork calibrated = network.WithTemperature(Calibration.Temperature(scores));
        double accuracy = scores.Average(answer => Calibration.Best(answer.Scores) == answer.Class ? 1.0 : 0);
        return new TrainedModel(calibrated, examples.Count, accuracy, Calibration.Error([.. held.Select(example => (calibrated.Classify(example.Features), example.Class))]));
    }

    /// <summary>A user's windows as examples, mirrored too, each voyage a group.</summary>
    public static IEnumerable<Example> Own(IReadOnlyList<LabelledWindow> windows)
    {
        var features = new WindowFeatures();
        int[] voyages = LabelledWindow.Voyages(windows);
        for (int i = 0; i < windows.Count; i++)
        {
            int label = Array.IndexOf([.. SimulatedWindows.Classes], windows[i].Class);
            foreach ((MotionWindow seen, int made) in Symmetry.Mirror.Of(windows[i].Motion, label, SimulatedWindows.Classes))
            {
                yield return new Example(features.Of(seen), made, -1 - voyages[i], OwnWeight);
            }
        }
    }
}
