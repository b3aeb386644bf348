using System.Text;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>Reads Kafka's numbers and texts. Written apart from the producer's own code, so that a mistake there is not made here as well.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public int Left => bytes.Length - _at;

    public byte Byte() => Take(1).Span[0];

    public short Int16() => (short)Number(2);

    public int Int32() => (int)Number(4);

    public long Int64() => Number(8);

    public string? Text()
    {
        short length = Int16();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length).Span);
    }

    public ReadOnlyMemory<byte> Bytes() => Take(Int32());

    public long Varint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = Byte();
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return (value & 1) == 0 ? (long)(value >> 1) : ~(long)(value >> 1);
            }
        }
    }

    /// <summary>Bytes with their length as a varint before them.</summary>
    public byte[] VarintBytes() => Take((int)Varint()).ToArray();

    private long Number(int size)
    {
        ReadOnlySpan<byte> taken = Take(size).Span;
        long value = (sbyte)taken[0];
        foreach (byte one in taken[1..])
        {
            value = (value << 8) | one;
        }

        return value;
    }

    private ReadOnlyMemory<byte> Take(int size)
    {
        if (size < 0 || size > Left)
        {
            throw new InvalidDataException($"{size} bytes are due at {_at}, and {Left} are left.");
        }

        _at += size;
        return bytes.Slice(_at - size, size);
    }
}
