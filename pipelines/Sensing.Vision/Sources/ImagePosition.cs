using System.Globalization;
using Sensing.Streams;

namespace Sensing.Vision.Sources;

/// <summary>Where a source of pictures stands.</summary>
/// <param name="Name">Picture that was last, as the source names it.</param>
/// <param name="Number">Pictures so far, counted from the first.</param>
/// <param name="Start">When the first was taken.</param>
internal sealed record ImagePosition(string Name, long Number, DateTimeOffset Start)
{
    private const string Version = "images1";

    public SourcePosition ToSourcePosition() => new(string.Create(CultureInfo.InvariantCulture, $"{Version}|{Number}|{Start.UtcTicks}|{Name}"));

    /// <exception cref="SourceException">It is not a position of a source of pictures.</exception>
    public static ImagePosition Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|', 4);
        return parts.Length == 4 && parts[0] == Version
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new ImagePosition(parts[3], number, new DateTimeOffset(ticks, TimeSpan.Zero))
            : throw CameraNotices.ForeignPosition(position, "a source of pictures", "from the beginning");
    }
}
