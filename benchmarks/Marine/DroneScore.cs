using System.Text.Json.Nodes;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Learning;

namespace Sensing.Benchmarks.Marine;

/// <summary>Real impacts, gusts and hover of a quadcopter: features and trainer as for vessels, its symmetry that of a square.</summary>
/// <remarks>Levels of each window are taken off (the features do), which removes the flight's offsets too. A flight is never on both sides.</remarks>
internal static class DroneScore
{
    /// <summary>Leaves out one flight after another, and for comparison with other work one window after another.</summary>
    public static void Measure(IReadOnlyList<LabelledWindow> windows, int seeds, JsonObject result, TextWriter output, CancellationToken cancellation)
    {
        string[] classes = Classes(windows);
        int[] flights = LabelledWindow.Voyages(windows);
        output.WriteLine($"impacts_drone: {windows.Count} windows, {classes.Length} classes, {flights.Distinct().Count()} flights");
        Left(windows, classes, flights, "drone", seeds, result, output, cancellation);
        Left(windows, classes, [.. Enumerable.Range(0, windows.Count)], "drone_one_window_out", 1, result, output, cancellation);
    }

    /// <summary>Trains on one file and scores another.</summary>
    public static JsonObject Others(
        IReadOnlyList<LabelledWindow> known, IReadOnlyList<LabelledWindow> others, string? json, int seeds, TextWriter output, CancellationToken cancellation)
    {
        string[] classes = Classes(known);
        (Example Example, int Case, bool IsOwn)[] training = Examples(known, classes, LabelledWindow.Voyages(known));
        var features = new WindowFeatures(Baseline.Level);
        int[] labels = [.. others.Select(window => Array.IndexOf(classes, window.Class))];
        var tally = new DroneTally(classes);
        var lines = new List<string>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            ImpactNetwork network = NetworkTrainer.Fit([.. training.Select(one => one.Example)], classes, new TrainingOptions { Seed = seed }, cancellation);
            tally.Begin();
            for (int i = 0; i < others.Count; i++)
            {
                float[] probabilities = network.Classify(features.Of(others[i].Motion));
                int best = Calibration.Best(probabilities);
                if (labels[i] >= 0)
                {
                    tally.Add(labels[i], probabilities);
                }

                if (seed == 1)
                {
                    lines.Add(new JsonObject
                    {
                        ["case"] = others[i].Case,
                        ["class"] = classes[best],
                        ["probability"] = Math.Round(probabilities[best], 4),
                        ["expected"] = others[i].Class,
                    }.ToJsonString());
                }
            }
        }

        if (json is not null)
        {
            File.WriteAllLines(json, lines);
        }

        var result = new JsonObject { ["windows"] = others.Count, ["of_known_classes"] = labels.Count(label => label >= 0) };
        if (labels.Any(label => label >= 0))
        {
            tally.Write(result, "drone", output);
        }

        return result;
    }

    private static void Left(
        IReadOnlyList<LabelledWindow> windows, string[] classes, int[] groups, string name, int seeds, JsonObject result, TextWriter output,
        CancellationToken cancellation)
    {
        (Example Example, int Case, bool IsOwn)[] examples = Examples(windows, classes, groups);
        var tally = new DroneTally(classes);
        for (int seed = 1; seed <= seeds; seed++)
        {
            tally.Begin();
            foreach (int group in groups.Distinct())
            {
                Example[] training = [.. examples.Where(one => one.Example.Group != group).Select(one => one.Example)];
                ImpactNetwork network = NetworkTrainer.Fit(training, classes, new TrainingOptions { Seed = seed }, cancellation);
                foreach ((Example example, int number, _) in examples.Where(one => one.Example.Group == group && one.IsOwn))
                {
                    float[] probabilities = network.Classify(example.Features);
                    tally.Add(example.Class, probabilities);
                    int best = Calibration.Best(probabilities);
                    if (seed == 1 && best != example.Class)
                    {
                        output.WriteLine(FormattableString.Invariant(
                            $"  {name}: case {windows[number].Case}, {windows[number].Class}, is called {classes[best]} ({probabilities[best]:0.00})"));
                    }
                }
            }
        }

        tally.Write(result, name, output);
    }

    private static string[] Classes(IReadOnlyList<LabelledWindow> windows) => [.. windows.Select(window => window.Class).Distinct().Order(StringComparer.Ordinal)];

    private static (Example Example, int Case, bool IsOwn)[] Examples(IReadOnlyList<LabelledWindow> windows, string[] classes, int[] groups)
    {
        var features = new WindowFeatures(Baseline.Level);
        var made = new List<(Example, int, bool)>();
        for (int i = 0; i < windows.Count; i++)
        {
            bool isOwn = true;
            foreach ((MotionWindow seen, int label) in Symmetry.Square.Of(windows[i].Motion, Array.IndexOf(classes, windows[i].Class), classes))
            {
                made.Add((new Example(features.Of(seen), label, groups[i]), i, isOwn));
                isOwn = false;
            }
        }

        return [.. made];
    }
}
