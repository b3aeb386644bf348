namespace Sensing.Benchmarks.Camera;

/// <summary>How many lamps of each kind were reported, by frames a second.</summary>
internal sealed class LightBarTally
{
    private readonly SortedDictionary<(string Name, string Rate), (int Reported, int All)> _counts = [];

    public int Reported { get; private set; }

    public int All { get; private set; }

    public static string RateOf(double rate) => rate >= 20 ? "24 to 30" : "12 to 15";

    public void Add(string name, double rate, bool reported)
    {
        (int before, int all) = _counts.GetValueOrDefault((name, RateOf(rate)));
        _counts[(name, RateOf(rate))] = (before + (reported ? 1 : 0), all + 1);
        Reported += reported ? 1 : 0;
        All++;
    }

    /// <summary>Share that was reported at a rate; 1 where there was none.</summary>
    public double Share(double rate)
    {
        var chosen = _counts.Where(c => c.Key.Rate == RateOf(rate)).ToArray();
        return chosen.Length == 0 ? 1 : chosen.Sum(c => c.Value.Reported) / (double)chosen.Sum(c => c.Value.All);
    }

    public void Write(string title, TextWriter output)
    {
        output.WriteLine(title);
        foreach (((string name, string rate), (int reported, int all)) in _counts)
        {
            output.WriteLine($"  {name,-34} {rate} frames/s: {reported,3} of {all,3}");
        }
    }
}
