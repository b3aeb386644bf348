using System.Globalization;

namespace Sensing.Marine.Nmea;

/// <summary>What a tag block (NMEA 0183 4.0, <c>\c:…*hh\</c>) before a sentence holds.</summary>
/// <param name="UnixMilliseconds">Its time; -1 where it has none.</param>
/// <param name="Group">Number of the group of sentences that it belongs to; -1 where it has none.</param>
/// <param name="Damaged">It could not be read.</param>
public readonly record struct TagBlock(long UnixMilliseconds, int Group, bool Damaged)
{
    /// <summary>2001-09-09 in milliseconds; larger numbers of seconds are beyond the year 33000.</summary>
    private const long MillisecondsFrom = 1_000_000_000_000;

    /// <summary>9999-12-31.</summary>
    private const long LastMilliseconds = 253_402_300_799_000;

    public static TagBlock None { get; } = new(-1, -1, false);

    private static TagBlock Broken { get; } = new(-1, -1, true);

    /// <summary>Reads the characters between the two backslashes.</summary>
    public static TagBlock Read(ReadOnlySpan<byte> block)
    {
        int star = block.LastIndexOf((byte)'*');
        if (star < 0 || !Checksum.Matches(block[..star], block[(star + 1)..]))
        {
            return Broken;
        }

        long time = -1;
        int group = -1;
        var fields = new NmeaFields(block[..star]);
        while (fields.MoveNext(out ReadOnlySpan<byte> field))
        {
            if (field is [(byte)'c', (byte)':', ..])
            {
                if (!long.TryParse(field[2..], NumberStyles.None, CultureInfo.InvariantCulture, out time))
                {
                    return Broken;
                }

                // Both units are in use; the standard says seconds.
                time = time < MillisecondsFrom ? time * 1000 : time;
                if (time > LastMilliseconds)
                {
                    return Broken;
                }
            }
            else if (field is [(byte)'g', (byte)':', ..] && field.LastIndexOf((byte)'-') is > 2 and var dash
                && int.TryParse(field[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                group = number;
            }
        }

        return new TagBlock(time, group, false);
    }
}
