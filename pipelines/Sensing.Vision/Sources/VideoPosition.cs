using System.Globalization;
using Sensing.Streams;

namespace Sensing.Vision.Sources;

/// <summary>Where a source of recorded videos stands: in which file, after which picture.</summary>
/// <param name="Name">File, as the source names it; empty before the first.</param>
/// <param name="Finished">Nothing of the file is left.</param>
/// <param name="FileStart">When the file begins.</param>
/// <param name="Pts">Time of the last frame in the file's own clock; null before the first.</param>
/// <param name="Last">When the last frame was taken, in this file or the one before; null before the first.</param>
/// <param name="Interval">Time between the last two frames.</param>
internal sealed record VideoPosition(
    string Name, bool Finished, DateTimeOffset FileStart, TimeSpan? Pts, DateTimeOffset? Last, TimeSpan Interval)
{
    private const string Version = "video1";

    public static VideoPosition Beginning { get; } = new("", true, DateTimeOffset.UnixEpoch, null, null, TimeSpan.Zero);

    /// <summary>When the next frame is expected; null before the first.</summary>
    public DateTimeOffset? Expected => Last + Interval;

    public SourcePosition ToSourcePosition() => new(string.Create(CultureInfo.InvariantCulture,
        $"{Version}|{(Finished ? 1 : 0)}|{FileStart.UtcTicks}|{Pts?.Ticks}|{Last?.UtcTicks}|{Interval.Ticks}|{Name}"));

    /// <exception cref="SourceException">It is not a position of this source.</exception>
    public static VideoPosition Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|', 7);
        if (parts.Length == 7 && parts[0] == Version
            && Ticks(parts[2]) is { } start && Ticks(parts[5]) is { } interval
            && (parts[3].Length == 0 || Ticks(parts[3]) is not null) && (parts[4].Length == 0 || Ticks(parts[4]) is not null))
        {
            return new VideoPosition(
                parts[6], parts[1] == "1", new DateTimeOffset(start, TimeSpan.Zero),
                Ticks(parts[3]) is { } pts ? new TimeSpan(pts) : null,
                Ticks(parts[4]) is { } last ? new DateTimeOffset(last, TimeSpan.Zero) : null,
                new TimeSpan(interval));
        }

        throw CameraNotices.ForeignPosition(position, "a source of recorded videos", "from the beginning");
    }

    private static long? Ticks(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ticks)
        && Math.Abs((decimal)ticks) <= DateTimeOffset.MaxValue.UtcTicks ? ticks : null;
}
