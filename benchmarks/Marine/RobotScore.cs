using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Learning;

namespace Sensing.Benchmarks.Marine;

/// <summary>Real collisions of a robot's arm: force and torque in place of acceleration and rate, one case left out at a time.</summary>
internal static class RobotScore
{
    /// <summary>15 samples in 315 ms.</summary>
    private const double Rate = 15 / 0.315;

    public static void Measure(string set, string path, int seeds, JsonObject result, TextWriter output, CancellationToken cancellation)
    {
        (string Class, MotionWindow Window)[] cases = Read(path);
        string[] classes = [.. cases.Select(one => one.Class).Distinct().Order(StringComparer.Ordinal)];
        var features = new WindowFeatures(Baseline.Load);
        Example[] examples = [.. cases.Select((one, i) => new Example(features.Of(one.Window), Array.IndexOf(classes, one.Class), i))];
        var spread = new ScoreSpread();
        for (int seed = 1; seed <= seeds; seed++)
        {
            int right = 0;
            foreach (Example left in examples)
            {
                ImpactNetwork network = NetworkTrainer.Fit(
                    [.. examples.Where(example => example.Group != left.Group)], classes, new TrainingOptions { Seed = seed }, cancellation);
                right += Calibration.Best(network.Classify(left.Features)) == left.Class ? 1 : 0;
            }

            spread.Add(right, examples.Length);
        }

        spread.Write(result, "robot_" + set);
        output.WriteLine($"robot {set}: {cases.Length} cases, {classes.Length} classes, one left out: {spread}");
    }

    private static (string Class, MotionWindow Window)[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new MeasureException($"{path} does not exist: name the folder with --data FOLDER.");
        }

        var made = new List<(string, MotionWindow)>();
        var samples = new List<Motion6>();
        string? label = null;
        foreach (string line in File.ReadLines(path).Append("end"))
        {
            if (line.Length > 0 && char.IsLetter(line[0]))
            {
                if (label is not null)
                {
                    made.Add((label, MotionWindow.Of(Rate, samples)));
                }

                (label, samples) = (line.Trim(), []);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                double[] values = [.. line.Split('\t', StringSplitOptions.RemoveEmptyEntries).Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
                samples.Add(new Motion6(values[0], values[1], values[2], values[3], values[4], values[5]));
            }
        }

        return [.. made];
    }
}
