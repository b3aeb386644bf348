using System.Globalization;

namespace Sensing.Das.Sources;

/// <summary>A geometry as the saved positions of sources hold it: five fields, parted by bars; all 0 for none.</summary>
internal static class SavedGeometry
{
    public static string Text(DasGeometry? geometry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{geometry?.Channels ?? 0}|{geometry?.TimeStepSeconds ?? 0:R}|{geometry?.ChannelStepM ?? 0:R}|{geometry?.FirstChannelM ?? 0:R}|{geometry?.GaugeLengthM ?? 0:R}");

    /// <param name="parts">All fields of a position.</param>
    /// <param name="at">Which of them is the geometry's first.</param>
    /// <exception cref="FormatException">A field is no number.</exception>
    /// <exception cref="OverflowException">A field is too large a number.</exception>
    public static DasGeometry? Parse(string[] parts, int at)
    {
        int channels = int.Parse(parts[at], CultureInfo.InvariantCulture);
        return channels == 0 ? null : new DasGeometry(channels, Real(parts[at + 1]), Real(parts[at + 2]), Real(parts[at + 3]), Real(parts[at + 4]));
    }

    public static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
