using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Checksum of a row: SQLite notices a broken page only by its structure, so a flipped bit in a payload or in a number passes.</summary>
/// <remarks>CRC-32C (Castagnoli) over the values, each preceded by its kind and length, so that no two rows run into the same bytes.
/// It finds every burst of up to 32 bits and all but one in 2³² other changes.</remarks>
internal static class RowChecksum
{
    private const uint Seed = 0xFFFF_FFFF;

    /// <summary>The checksum of values that are <see cref="long"/>, <see cref="int"/>, <see cref="string"/>, bytes or null.</summary>
    public static long Of(params ReadOnlySpan<object?> values)
    {
        uint crc = Seed;
        foreach (object? value in values)
        {
            crc = value switch
            {
                null or DBNull => BitOperations.Crc32C(crc, (byte)'0'),
                int number => Number(crc, number),
                long number => Number(crc, number),
                string text => Text(crc, text),
                byte[] bytes => Bytes(crc, bytes),
                ReadOnlyMemory<byte> bytes => Bytes(crc, bytes.Span),
                _ => throw new ArgumentException($"A row holds no {value.GetType().Name}.", nameof(values)),
            };
        }

        return crc ^ Seed;
    }

    private static uint Number(uint crc, long number) => BitOperations.Crc32C(BitOperations.Crc32C(crc, (byte)'n'), (ulong)number);

    private static uint Text(uint crc, string text)
    {
        Span<byte> buffer = stackalloc byte[512];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= buffer.Length ? buffer : new byte[most];
        return Run(Length(crc, (byte)'t', text.Length), bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static uint Bytes(uint crc, ReadOnlySpan<byte> bytes) => Run(Length(crc, (byte)'b', bytes.Length), bytes);

    private static uint Length(uint crc, byte kind, int length) => BitOperations.Crc32C(BitOperations.Crc32C(crc, kind), (uint)length);

    private static uint Run(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }
}
