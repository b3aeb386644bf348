using System.Buffers.Binary;

namespace Sensing.Marine.Nmea;

/// <summary>The checksum of NMEA 0183: the exclusive or of the characters, as two hexadecimal digits.</summary>
internal static class Checksum
{
    public static byte Of(ReadOnlySpan<byte> text)
    {
        ulong wide = 0;
        while (text.Length >= sizeof(ulong))
        {
            wide ^= BinaryPrimitives.ReadUInt64LittleEndian(text);
            text = text[sizeof(ulong)..];
        }

        wide ^= wide >> 32;
        wide ^= wide >> 16;
        byte sum = (byte)(wide ^ (wide >> 8));
        foreach (byte character in text)
        {
            sum ^= character;
        }

        return sum;
    }

    /// <summary>Whether the digits at the beginning of <paramref name="digits"/> are those of <paramref name="text"/>.</summary>
    public static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits) =>
        digits.Length >= 2 && ((Hex(digits[0]) << 4) | Hex(digits[1])) == Of(text);

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => 1 << 8,
    };
}
