using System.Text.Json.Nodes;

namespace Sensing.Benchmarks.Marine;

/// <summary>A share over several seeds: the mean is the figure, with the worst beside it.</summary>
internal sealed class ScoreSpread
{
    private readonly List<double> _values = [];

    public double Mean => _values.Average();

    public double Lowest => _values.Min();

    public double Highest => _values.Max();

    public void Add(int right, int all) => _values.Add(all == 0 ? double.NaN : (double)right / all);

    public void Add(double value) => _values.Add(value);

    /// <summary>Writes the mean under a name, and lowest and highest beside it.</summary>
    public void Write(JsonObject result, string name)
    {
        result[name] = Math.Round(Mean, 4);
        result[name + "_spread"] = new JsonArray(Math.Round(Lowest, 4), Math.Round(Highest, 4));
    }

    public override string ToString() => FormattableString.Invariant($"{Mean:0.000} ({Lowest:0.000} to {Highest:0.000})");
}
