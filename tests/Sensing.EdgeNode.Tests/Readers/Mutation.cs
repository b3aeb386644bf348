using System.Buffers.Binary;
using System.Text;

namespace Sensing.EdgeNode.Tests.Readers;

/// <summary>Changes a file as disks, transfers and people do, from a seed.</summary>
public static class Mutation
{
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 16, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue,
            long.MaxValue, long.MinValue,
        BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(double.PositiveInfinity),
            BitConverter.DoubleToInt64Bits(1e300),
        BitConverter.DoubleToInt64Bits(-1.0), BitConverter.DoubleToInt64Bits(0.0),
    ];

    private static readonly string[] Words =
    [
        "0", "-1", "-0", "1e999", "-1e999", "1e308", "NaN", "Infinity", "null", "true", "\"\"", "[]", "{}",
            "99999999999999999999", "0.0000001", "2147483648",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59Z", "\0", "\n", "\r\n", ",",
            ",,,,,,,", "*", "$", "!", "\\", "\"", "é", "\uFFFD",
        "235959.99", "310299", "[[[[[[[[[[[[[[[[", "../../etc/passwd",
    ];

    /// <param name="original">A file that can be read.</param>
    /// <param name="isText">Whether numbers and words in it are changed besides bytes.</param>
    /// <param name="random">What is changed.</param>
    public static byte[] Of(byte[] original, bool isText, Random random)
    {
        var bytes = new List<byte>(original);
        for (int changes = 1 + random.Next(random.Next(4) == 0 ? 12 : 3); changes > 0 && bytes.Count > 0; changes--)
        {
            if (isText && random.Next(3) > 0)
            {
                ChangeText(bytes, random);
            }
            else
            {
                ChangeBytes(bytes, random);
            }
        }

        return [.. bytes];
    }

    private static void ChangeBytes(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count), length = Math.Min(1 + random.Next(32), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 3 or 4:
                bytes[at] = (byte)random.Next(256);
                break;
            case 5 or 6:
                Write(bytes, at, random);
                break;
            case 7:
                bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : length);
                break;
            case 8:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            default:
                int from = random.Next(bytes.Count - length + 1);
                for (int i = 0; i < length; i++)
                {
                    bytes[at + i] = bytes[from + i];
                }

                break;
        }
    }

    private static void Write(List<byte> bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        int size = 1 << random.Next(4);
        long value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(4) > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - (8 * size)));
        }

        for (int i = 0; i < size && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }

    private static void ChangeText(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        if (random.Next(6) == 0)
        {
            // A line twice, or in another place.
            int begin = bytes.LastIndexOf((byte)'\n', at) + 1, end = bytes.IndexOf((byte)'\n', at);
            end = end < 0 ? bytes.Count : end + 1;
            int to = bytes.LastIndexOf((byte)'\n', random.Next(bytes.Count)) + 1;
            bytes.InsertRange(to, bytes.GetRange(Math.Min(begin, end), Math.Abs(end - begin)));
            return;
        }

        // A number, or a word, is replaced whole.
        int first = at, last = at;
        while (first > 0 && IsWord(bytes[first - 1]))
        {
            first--;
        }

        while (last < bytes.Count && IsWord(bytes[last]))
        {
            last++;
        }

        bytes.RemoveRange(first, last - first);
        bytes.InsertRange(first, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
    }

    private static bool IsWord(byte one) => char.IsAsciiLetterOrDigit((char)one)
        || one is (byte)'.' or (byte)'-' or (byte)'+' or (byte)':';
}
