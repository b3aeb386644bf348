using System.Globalization;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Where a log source stands: after a line.</summary>
/// <param name="Name">The file; empty: before the first.</param>
/// <param name="Offset">Bytes of it that have been read.</param>
/// <param name="Line">Lines of it that have been read.</param>
/// <param name="Last">Time of the last line, ticks; 0: there was none.</param>
/// <param name="Shift">Added to the log's times, ticks: its clock has jumped back.</param>
/// <param name="Date">The clock's date, ticks; 0: unknown.</param>
/// <param name="HasTags">The log has tag blocks.</param>
/// <param name="IsUntimed">The log holds no times: its lines are spaced evenly.</param>
internal sealed record LogPosition(string Name, long Offset, long Line, long Last, long Shift, long Date, bool HasTags, bool IsUntimed)
{
    private const string Version = "nmea-log-1";

    public static LogPosition Beginning { get; } = new("", 0, 0, 0, 0, 0, false, false);

    public SourcePosition ToSourcePosition() => new(string.Create(
        CultureInfo.InvariantCulture, $"{Version}|{Offset}|{Line}|{Last}|{Shift}|{Date}|{(HasTags ? 1 : 0)}{(IsUntimed ? 1 : 0)}|{Name}"));

    /// <exception cref="SourceException">It is not a position of a log.</exception>
    public static LogPosition Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|', 8);
        return parts.Length == 8 && parts[0] == Version
            && Ticks(parts[1], out long offset) && Ticks(parts[2], out long line) && Ticks(parts[3], out long last)
            && long.TryParse(parts[4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long shift) && Ticks(parts[5], out long date) && parts[6].Length == 2
            ? new LogPosition(parts[7], offset, line, last, shift, date, parts[6][0] == '1', parts[6][1] == '1')
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a log.", "Delete the stream's checkpoint to start from the beginning.");
    }

    private static bool Ticks(string text, out long ticks) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ticks) && ticks <= DateTime.MaxValue.Ticks;
}
