using System.Numerics;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Signed whole numbers in as few bytes as they need: zigzag, then seven bits a byte, as in Protocol Buffers (sint64).</summary>
internal static class Varint
{
    public static int Size(long value) => ((64 - BitOperations.LeadingZeroCount(Zigzag(value) | 1)) + 6) / 7;

    public static void Write(Span<byte> target, ref int at, long value)
    {
        ulong rest = Zigzag(value);
        for (; rest >= 0x80; rest >>= 7)
        {
            target[at++] = (byte)(rest | 0x80);
        }

        target[at++] = (byte)rest;
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
