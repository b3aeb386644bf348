using System.Text;
using Sensing.Marine.Tests.Nmea;

namespace Sensing.Marine.Tests.Ais;

/// <summary>Messages made of bits written as text: slow, plain, and nothing like the decoder.</summary>
internal sealed class AisEncoding
{
    private readonly StringBuilder _bits = new();

    public AisEncoding Add(long value, int bits)
    {
        for (int bit = bits - 1; bit >= 0; bit--)
        {
            _bits.Append(((value >> bit) & 1) == 1 ? '1' : '0');
        }

        return this;
    }

    public AisEncoding Text(string text, int characters)
    {
        foreach (char character in text.PadRight(characters, '@'))
        {
            Add(character >= 64 ? character - 64 : character, 6);
        }

        return this;
    }

    public string Payload(out int fill)
    {
        fill = (6 - (_bits.Length % 6)) % 6;
        string bits = _bits + new string('0', fill);
        return string.Concat(Enumerable.Range(0, bits.Length / 6).Select(i =>
        {
            int value = Convert.ToInt32(bits.Substring(6 * i, 6), 2) + 48;
            return (char)(value > 87 ? value + 8 : value);
        }));
    }

    /// <summary>The sentences that carry it, with so many characters each.</summary>
    public string[] Sentences(int characters = 60, int sequence = 1, string channel = "A", string address = "AIVDM")
    {
        string payload = Payload(out int fill);
        string[] parts = [.. payload.Chunk(characters).Select(part => new string(part))];
        return [.. parts.Select((part, i) => Nmea.Sentences.Of(
            $"{address},{parts.Length},{i + 1},{(parts.Length > 1 ? sequence : "")},{channel},{part},{(i == parts.Length - 1 ? fill : 0)}", '!'))];
    }

    public static AisEncoding Header(int type, int mmsi) => new AisEncoding().Add(type, 6).Add(0, 2).Add(mmsi, 30);

    public static AisEncoding Voyage(int mmsi, string name, string destination) => Header(5, mmsi)
        .Add(0, 2).Add(9_074_729, 30).Text("CALL", 7).Text(name, 20).Add(70, 8)
        .Add(100, 9).Add(20, 9).Add(10, 6).Add(11, 6).Add(1, 4).Add(3, 4).Add(2, 5).Add(1, 5).Add(0, 6).Add(71, 8).Text(destination, 20).Add(0, 2);
}
