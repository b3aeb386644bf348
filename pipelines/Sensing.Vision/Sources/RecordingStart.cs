using System.Globalization;
using Sensing.Configuration;

namespace Sensing.Vision.Sources;

/// <summary>The option <c>startTime</c> of recordings.</summary>
internal static class RecordingStart
{
    public static DateTimeOffset? Parse(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        ? time : null;

    public static IEnumerable<ConfigurationProblem> Check(string? text)
    {
        if (text is not null && Parse(text) is null)
        {
            yield return new ConfigurationProblem("startTime", $"must be a time in ISO 8601, such as 2026-05-07T06:00:00Z, not '{text}'");
        }
    }
}
