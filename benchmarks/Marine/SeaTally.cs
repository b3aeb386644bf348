using System.Globalization;
using System.Text;
using Sensing.Marine.Impacts;
using Sensing.Marine.Impacts.Learning;

namespace Sensing.Benchmarks.Marine;

/// <summary>Classes found against true ones, on simulated voyages.</summary>
internal sealed class SeaTally
{
    private readonly int[,] _found = new int[SimulatedWindows.Classes.Count, SimulatedWindows.Classes.Count];
    private readonly List<(float[] Probabilities, int Class)> _answers = [];

    /// <summary>Impacts that were not cut out: they count as wrong.</summary>
    public int Missed { get; set; }

    public double Accuracy => (double)_answers.Count(answer => Calibration.Best(answer.Probabilities) == answer.Class) / (_answers.Count + Missed);

    /// <summary>Share of true impacts that are cut out and pass a threshold, of whatever kind they are called.</summary>
    public double Alarmed(double threshold)
    {
        (float[] Probabilities, int Class)[] impacts = [.. _answers.Where(answer => answer.Class >= (int)ImpactClass.Glancing)];
        return (double)impacts.Count(answer => answer.Probabilities[(int)ImpactClass.Glancing..].Sum() >= threshold) / (impacts.Length + Missed);
    }

    public double CalibrationError => Calibration.Error(_answers);

    public void Add(int label, float[] probabilities)
    {
        _found[label, Calibration.Best(probabilities)]++;
        _answers.Add((probabilities, label));
    }

    public double Recall(int label)
    {
        int all = Enumerable.Range(0, _found.GetLength(1)).Sum(found => _found[label, found]);
        return all == 0 ? double.NaN : (double)_found[label, label] / all;
    }

    public override string ToString()
    {
        var text = new StringBuilder("  true \\ found").Append(string.Concat(SimulatedWindows.Classes.Select(name => name.PadLeft(11))));
        for (int label = 0; label < SimulatedWindows.Classes.Count; label++)
        {
            text.Append("\n  ").Append(SimulatedWindows.Classes[label].PadLeft(12));
            for (int found = 0; found < SimulatedWindows.Classes.Count; found++)
            {
                text.Append(_found[label, found].ToString(CultureInfo.InvariantCulture).PadLeft(11));
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n  not cut out: {Missed}").ToString();
    }
}
