using System.Buffers.Text;

namespace Sensing.Marine.Nmea;

/// <summary>Values in the fields of sentences. An empty field is null; a damaged one is NaN, which no check of a range lets pass.</summary>
internal static class NmeaValue
{
    public static double? Number(ReadOnlySpan<byte> field) =>
        field.IsEmpty ? null
        : Utf8Parser.TryParse(field, out double value, out int used) && used == field.Length && double.IsFinite(value) ? value
        : double.NaN;

    /// <summary>Degrees and minutes, ddmm.mmm or dddmm.mmm, and the letter of the hemisphere.</summary>
    /// <param name="field">The digits.</param>
    /// <param name="hemisphere">N, S, E or W.</param>
    /// <param name="positive">The letter of the positive side.</param>
    /// <param name="negative">The letter of the other.</param>
    /// <param name="limit">90 or 180.</param>
    public static double? Degrees(ReadOnlySpan<byte> field, ReadOnlySpan<byte> hemisphere, char positive, char negative, double limit)
    {
        if (Number(field) is not { } number)
        {
            return null;
        }

        double whole = Math.Floor(number / 100), minutes = number - (100 * whole);
        double degrees = whole + (minutes / 60);
        bool possible = number >= 0 && minutes < 60 && degrees <= limit && hemisphere.Length == 1
            && (hemisphere[0] == positive || hemisphere[0] == negative);
        return !possible ? double.NaN : hemisphere[0] == positive ? degrees : -degrees;
    }

    /// <summary>Whether a value is absent or within bounds; never for NaN.</summary>
    public static bool IsWithin(double? value, double least, double most) => value is not { } number || (number >= least && number <= most);

    /// <summary>hhmmss or hhmmss.sss as a time of the day; null where it is empty or impossible.</summary>
    public static TimeSpan? TimeOfDay(ReadOnlySpan<byte> field)
    {
        if (field.Length < 6 || Number(field) is not { } number || !(number >= 0))
        {
            return null;
        }

        double hours = Math.Floor(number / 10000), minutes = Math.Floor(number / 100 % 100), seconds = number % 100;
        return hours < 24 && minutes < 60 && seconds < 61
            ? TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromMilliseconds(Math.Round(seconds * 1000))
            : null;
    }
}
