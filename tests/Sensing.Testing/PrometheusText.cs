using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Sensing.Testing;

/// <summary>Reads Prometheus' text format.</summary>
public static partial class PrometheusText
{
    /// <summary>The value of each series, by <c>name</c> or <c>name{label="value",…}</c> without the labels of the scope.</summary>
    public static IReadOnlyDictionary<string, double> Parse(string text)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            Match match = Line().Match(line);
            Assert.True(match.Success, line);
            string[] labels = [.. Label().Matches(match.Groups["labels"].Value).Select(label => label.Value).Where(label => !label.StartsWith("otel_scope", StringComparison.Ordinal))];
            values.Add(
                match.Groups["name"].Value + (labels.Length == 0 ? "" : $"{{{string.Join(',', labels)}}}"),
                match.Groups["value"].Value == "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        }

        return values;
    }

    public static async Task<IReadOnlyDictionary<string, double>> ScrapeAsync(HttpClient http, CancellationToken cancellation) =>
        Parse(await http.GetStringAsync("/metrics", cancellation));

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Line();

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\"")]
    private static partial Regex Label();
}
