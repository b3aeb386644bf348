using System.Buffers;
using System.Text;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>An event id as bytes: the 128 bits of the ids that this product makes, the text of any other; the first byte tells which.</summary>
internal static class EventKey
{
    private const byte Number = 0;
    private const byte Text = 1;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static byte[] Of(string id)
    {
        if (id.Length == 32 && !id.AsSpan().ContainsAnyExcept(HexDigits))
        {
            byte[] number = new byte[17];
            Convert.FromHexString(id, number.AsSpan(1), out _, out _);
            number[0] = Number;
            return number;
        }

        byte[] text = new byte[Encoding.UTF8.GetByteCount(id) + 1];
        text[0] = Text;
        Encoding.UTF8.GetBytes(id, text.AsSpan(1));
        return text;
    }

    public static string Id(byte[] key) => key[0] == Number ? Convert.ToHexStringLower(key.AsSpan(1)) : Encoding.UTF8.GetString(key.AsSpan(1));
}
