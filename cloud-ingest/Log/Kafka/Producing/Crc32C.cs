using System.Buffers.Binary;
using System.Numerics;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), the checksum of a record batch.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
