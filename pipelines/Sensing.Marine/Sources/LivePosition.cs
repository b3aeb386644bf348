using System.Globalization;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Where a live source stands.</summary>
/// <param name="Last">Time of its last line, ticks; 0: there was none.</param>
/// <param name="Away">It is lost, and that has been reported.</param>
internal readonly record struct LivePosition(long Last, bool Away)
{
    private const string Version = "nmea-live-1";

    public SourcePosition ToSourcePosition() => new(string.Create(CultureInfo.InvariantCulture, $"{Version}|{Last}|{(Away ? 1 : 0)}"));

    /// <exception cref="SourceException">It is not a position of a live input.</exception>
    public static LivePosition Parse(SourcePosition position) =>
        position.Value.Split('|') is [Version, var last, var away]
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new LivePosition(ticks, away == "1")
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a live input.", "Delete the stream's checkpoint to start from the present.");
}
