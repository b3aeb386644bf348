using System.Text.Json.Nodes;
using Sensing.Marine.Impacts.Learning;

namespace Sensing.Benchmarks.Marine;

/// <summary>Counts of right classes, right directions and false impacts, a run at a time.</summary>
internal sealed class DroneTally(string[] classes)
{
    private readonly List<(List<int> Labels, List<float[]> Answers)> _runs = [];

    public void Begin() => _runs.Add(([], []));

    public void Add(int label, float[] probabilities)
    {
        _runs[^1].Labels.Add(label);
        _runs[^1].Answers.Add(probabilities);
    }

    public void Write(JsonObject result, string name, TextWriter output)
    {
        ScoreSpread all = new(), direction = new(), falseImpact = new();
        double error = 0;
        foreach ((List<int> labels, List<float[]> answers) in _runs)
        {
            int[] best = [.. answers.Select(answer => Calibration.Best(answer))];
            int[] impacts = [.. Enumerable.Range(0, labels.Count).Where(i => IsImpact(labels[i]))];
            int[] others = [.. Enumerable.Range(0, labels.Count).Where(i => !IsImpact(labels[i]))];
            all.Add(Enumerable.Range(0, labels.Count).Count(i => best[i] == labels[i]), labels.Count);
            direction.Add(impacts.Count(i => best[i] == labels[i]), impacts.Length);
            falseImpact.Add(others.Count(i => IsImpact(best[i])), others.Length);
            error += Calibration.Error([.. answers.Zip(labels)]) / _runs.Count;
        }

        all.Write(result, name + "_8class");
        Write(direction, "_direction");
        Write(falseImpact, "_false_impact");
        result[name + "_calibration_error"] = Math.Round(error, 4);
        output.WriteLine(FormattableString.Invariant(
            $"{name}: classes {all}, direction of an impact {direction}, gust or hover called an impact {falseImpact}, calibration error {error:0.000}"));

        void Write(ScoreSpread spread, string part)
        {
            // A file may hold impacts alone, or none.
            if (!double.IsNaN(spread.Mean))
            {
                spread.Write(result, name + part);
            }
        }
    }

    private bool IsImpact(int label) => classes[label].StartsWith("impact", StringComparison.Ordinal);
}
