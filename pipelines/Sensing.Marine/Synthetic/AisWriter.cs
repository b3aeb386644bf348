using System.Globalization;

namespace Sensing.Marine.Synthetic;

/// <summary>AIS messages as sentences: fields to bits (ITU-R M.1371-5, annex 8), bits to characters (IEC 61162-1).</summary>
internal sealed class AisWriter
{
    /// <summary>Characters of a sentence's payload: with the rest it stays below 82.</summary>
    private const int SentenceCharacters = 60;

    private readonly List<byte> _bits = [];

    /// <summary>Begins a message.</summary>
    public AisWriter Begin(int type, int mmsi)
    {
        _bits.Clear();
        return Add(type, 6).Add(0, 2).Add(mmsi, 30);
    }

    /// <summary>A field, most significant bit first; negative numbers in two's complement.</summary>
    public AisWriter Add(long value, int bits)
    {
        for (int bit = bits - 1; bit >= 0; bit--)
        {
            _bits.Add((byte)((value >> bit) & 1));
        }

        return this;
    }

    /// <summary>A text of six-bit characters, filled with '@'.</summary>
    public AisWriter Add(string text, int characters)
    {
        for (int i = 0; i < characters; i++)
        {
            int character = i < text.Length ? text[i] : '@';
            Add(character >= 64 ? character - 64 : character, 6);
        }

        return this;
    }

    /// <summary>The sentences of the message.</summary>
    /// <param name="address"><c>AIVDM</c>, or <c>AIVDO</c> for own ship's transponder.</param>
    /// <param name="sequence">Number that the sentences of one message share.</param>
    public IEnumerable<byte[]> Sentences(string address, int sequence)
    {
        int fill = (6 - (_bits.Count % 6)) % 6;
        Add(0, fill);
        var payload = new char[_bits.Count / 6];
        for (int i = 0; i < payload.Length; i++)
        {
            int symbol = 0;
            for (int bit = 0; bit < 6; bit++)
            {
                symbol = (symbol << 1) | _bits[(6 * i) + bit];
            }

            payload[i] = (char)(symbol < 40 ? symbol + 48 : symbol + 56);
        }

        int parts = (payload.Length + SentenceCharacters - 1) / SentenceCharacters;
        for (int part = 0; part < parts; part++)
        {
            string text = new(payload, part * SentenceCharacters, Math.Min(SentenceCharacters, payload.Length - (part * SentenceCharacters)));
            string number = parts > 1 ? (sequence % 10).ToString(CultureInfo.InvariantCulture) : "";
            yield return NmeaWriter.Sentence('!', string.Create(
                CultureInfo.InvariantCulture, $"{address},{parts},{part + 1},{number},A,{text},{(part == parts - 1 ? fill : 0)}"));
        }
    }
}
