using System.Globalization;
using System.Text;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Nmea;

namespace Sensing.Marine.Synthetic;

/// <summary>Sentences of instruments (IEC 61162-1).</summary>
internal static class NmeaWriter
{
    public static byte[] Rmc(DateTimeOffset time, GeoPosition at, double knots, double courseDeg) => Sentence('$', string.Create(
        CultureInfo.InvariantCulture,
        $"GPRMC,{time:HHmmss.ff},A,{Minutes(Math.Abs(at.LatitudeDeg), "00")},{(at.LatitudeDeg < 0 ? 'S' : 'N')},{Minutes(Math.Abs(at.LongitudeDeg), "000")},{(at.LongitudeDeg < 0 ? 'W' : 'E')},{knots:0.0},{courseDeg % 360:0.0},{time:ddMMyy},,,A"));

    public static byte[] Heading(double degrees) => Sentence('$', string.Create(CultureInfo.InvariantCulture, $"HEHDT,{degrees % 360:0.0},T"));

    public static byte[] Turn(double degreesPerMinute) =>
        Sentence('$', string.Create(CultureInfo.InvariantCulture, $"TIROT,{degreesPerMinute:0.0},A"));

    /// <summary>A sentence with its checksum.</summary>
    /// <param name="start">'$' or '!'.</param>
    /// <param name="body">From the address on.</param>
    public static byte[] Sentence(char start, string body) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{start}{body}*{Checksum.Of(Encoding.ASCII.GetBytes(body)):X2}"));

    private static string Minutes(double degrees, string whole)
    {
        // Rounded first: no minute of 60.
        decimal minutes = Math.Round((decimal)degrees * 60, 4), full = Math.Floor(minutes / 60);
        return full.ToString(whole, CultureInfo.InvariantCulture) + (minutes - (60 * full)).ToString("00.0000", CultureInfo.InvariantCulture);
    }
}
