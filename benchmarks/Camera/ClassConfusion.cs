using System.Globalization;

namespace Sensing.Benchmarks.Camera;

/// <summary>How often vehicles of each class were counted as each class.</summary>
internal sealed class ClassConfusion
{
    private readonly SortedDictionary<(string Truth, string Counted), int> _pairs = [];

    /// <summary>The class that a vehicle has by its size: a pickup is a car.</summary>
    public static string BySize(string truth) => truth == "pickup" ? "car" : truth;

    public void Add(CountScore score)
    {
        foreach ((TrueCrossing truth, CountedCrossing counted) in score.Pairs)
        {
            (string, string) key = (BySize(truth.Class), counted.Class);
            _pairs[key] = _pairs.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Writes a line for each class that a person saw: as what its vehicles were counted, and the share that
    /// was right.</summary>
    public void Write(TextWriter output)
    {
        foreach (IGrouping<string, KeyValuePair<(string Truth, string Counted), int>> row in _pairs.GroupBy(p => p.Key.Truth))
        {
            int right = _pairs.GetValueOrDefault((row.Key, row.Key)), all = row.Sum(p => p.Value);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"class {row.Key,-12} {right}/{all} right: ")
                + string.Join(", ", row.Select(p => $"{p.Value} as {p.Key.Counted}")));
        }
    }
}
