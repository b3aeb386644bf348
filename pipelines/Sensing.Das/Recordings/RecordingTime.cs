using System.Globalization;

namespace Sensing.Das.Recordings;

/// <summary>Times as recordings write them.</summary>
internal static class RecordingTime
{
    /// <summary>Time since 1970-01-01 UTC, rounded to microseconds: a double's seconds are no finer today.</summary>
    public static DateTimeOffset FromUnix(double value, double secondsPerUnit)
    {
        double whole = Math.Floor(value);
        decimal unit = (decimal)secondsPerUnit * 1_000_000;
        decimal micros = ((long)whole * unit) + ((decimal)(value - whole) * unit);
        return DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(micros) * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>ISO 8601, UTC where it names no offset.</summary>
    public static DateTimeOffset? Parse(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        ? time : null;
}
