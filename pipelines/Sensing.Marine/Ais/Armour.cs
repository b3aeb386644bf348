namespace Sensing.Marine.Ais;

/// <summary>The six-bit armour of AIS payloads (IEC 61162-1): characters '0' to 'W' and '`' to 'w'.</summary>
internal static class Armour
{
    private const byte Bad = 0xFF;

    private static ReadOnlySpan<byte> Symbols =>
    [
        Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad,
        Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad,
        Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad,
        40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55,
        56, 57, 58, 59, 60, 61, 62, 63, Bad, Bad, Bad, Bad, Bad, Bad, Bad, Bad,
    ];

    /// <summary>Bytes that <see cref="Unpack"/> needs for so many characters, with the padding that <see cref="AisBits"/> asks for.</summary>
    public static int BytesFor(int characters) => (((characters / 4) + 1) * 3) + AisBits.Padding;

    /// <summary>Whether every character is of the alphabet.</summary>
    public static bool IsValid(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> symbols = Symbols;
        int all = 0;
        foreach (byte character in payload)
        {
            all |= character < symbols.Length ? symbols[character] : Bad;
        }

        return all < 64;
    }

    /// <summary>Packs the characters' six bits, four characters in three bytes.</summary>
    /// <param name="payload">Characters.</param>
    /// <param name="bytes">Room for <see cref="BytesFor"/> bytes; the padding is cleared.</param>
    /// <returns>False where a character is not of the alphabet.</returns>
    public static bool Unpack(ReadOnlySpan<byte> payload, Span<byte> bytes)
    {
        ReadOnlySpan<byte> symbols = Symbols;
        int to = 0, bad = 0;
        while (payload.Length >= 4)
        {
            byte a = payload[0], b = payload[1], c = payload[2], d = payload[3];
            if ((a | b | c | d) >= 128)
            {
                return false;
            }

            int w = symbols[a], x = symbols[b], y = symbols[c], z = symbols[d];
            bad |= w | x | y | z;
            int packed = (w << 18) | (x << 12) | (y << 6) | z;
            bytes[to + 2] = (byte)packed;
            bytes[to + 1] = (byte)(packed >> 8);
            bytes[to] = (byte)(packed >> 16);
            to += 3;
            payload = payload[4..];
        }

        int rest = 0, shift = 18;
        foreach (byte character in payload)
        {
            int symbol = character < 128 ? symbols[character] : Bad;
            bad |= symbol;
            rest |= (symbol & 63) << shift;
            shift -= 6;
        }

        bytes[to] = (byte)(rest >> 16);
        bytes[to + 1] = (byte)(rest >> 8);
        bytes[to + 2] = (byte)rest;
        bytes[(to + 3)..].Clear();
        return bad < 64;
    }
}
