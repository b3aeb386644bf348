using System.Text.RegularExpressions;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>Prometheus' names of the product's metrics.</summary>
internal static partial class MetricNames
{
    /// <summary>Those that docs/operations.md explains.</summary>
    public static HashSet<string> Documented()
    {
        HashSet<string> names = [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"))).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(names);
        return names;
    }

    /// <summary>Those that a text (a query, a scrape) speaks of.</summary>
    public static IReadOnlyCollection<string> In(string text) => [.. Name().Matches(text).Select(match => Instrument(match.Value)).Distinct()];

    /// <summary>The instrument of a series: a histogram is several of them.</summary>
    public static string Instrument(string series) => Suffix().Replace(series.Split('{')[0], "");

    [GeneratedRegex(@"^\| `(sensing_[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("sensing_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex("(?<=_seconds)_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
