using System.Text.RegularExpressions;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>Names of classes that other exporters write into a model's metadata.</summary>
public static partial class ClassNames
{
    /// <summary>The names that ultralytics' exports carry: <c>names</c>, a dictionary as Python prints it; null where there are none.</summary>
    public static IReadOnlyList<string>? Of(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("names", out string? text))
        {
            return null;
        }

        string[] names = [.. Entry().Matches(text)
            .OrderBy(entry => int.Parse(entry.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture))
            .Select(entry => entry.Groups["name"].Value)];
        return names.Length > 0 ? names : null;
    }

    [GeneratedRegex("""(?<number>\d{1,5})\s*:\s*['"](?<name>[^'"]*)['"]""")]
    private static partial Regex Entry();
}
