using System.Globalization;
using Sensing.Streams;

namespace Sensing.Vision.Sources.Live;

/// <summary>Where a live camera stands.</summary>
/// <param name="Last">When its last frame was taken; null: there was none yet.</param>
/// <param name="Away">It is lost, and that has been reported: a stream that starts again does not repeat it.</param>
internal sealed record LivePosition(DateTimeOffset? Last, bool Away)
{
    private const string Version = "camera1";

    public static LivePosition Beginning { get; } = new(null, false);

    public SourcePosition ToSourcePosition() => new(string.Create(CultureInfo.InvariantCulture, $"{Version}|{Last?.UtcTicks}|{(Away ? 1 : 0)}"));

    /// <exception cref="SourceException">It is not a position of a live camera.</exception>
    public static LivePosition Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|');
        if (parts.Length == 3 && parts[0] == Version)
        {
            if (parts[1].Length == 0)
            {
                return new LivePosition(null, parts[2] == "1");
            }

            if (long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks)
            {
                return new LivePosition(new DateTimeOffset(ticks, TimeSpan.Zero), parts[2] == "1");
            }
        }

        throw CameraNotices.ForeignPosition(position, "a live camera", "from the present");
    }
}
