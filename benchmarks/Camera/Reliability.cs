namespace Sensing.Benchmarks.Camera;

/// <summary>Predicted probabilities against what was so, in bins.</summary>
internal sealed class Reliability
{
    private static readonly double[] Edges = [0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.000001];

    private readonly List<(double Predicted, bool Is)> _all = [];

    /// <summary>Expected calibration error: mean distance of predicted and observed shares, weighted by the bins'
    /// sizes.</summary>
    public double Error => Bins().Sum(b => b.Count * Math.Abs(b.Predicted - b.Observed)) / Math.Max(_all.Count, 1);

    public void Add(double predicted, bool isSo) => _all.Add((predicted, isSo));

    public void Write(string name, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{name}: expected calibration error {Error:0.000}"));
        foreach ((double from, double to, int count, double predicted, double observed) in Bins())
        {
            output.WriteLine(FormattableString.Invariant(
                $"  {from:0.00} to {Math.Min(to, 1):0.00}: {count,4} vehicles, predicted {predicted:0.000}, observed {observed:0.000}"));
        }
    }

    private IEnumerable<(double From, double To, int Count, double Predicted, double Observed)> Bins()
    {
        for (int i = 0; i + 1 < Edges.Length; i++)
        {
            var bin = _all.Where(a => a.Predicted >= Edges[i] && a.Predicted < Edges[i + 1]).ToArray();
            if (bin.Length > 0)
            {
                yield return (Edges[i], Edges[i + 1], bin.Length, bin.Average(b => b.Predicted), bin.Average(b => b.Is ? 1.0 : 0));
            }
        }
    }
}
