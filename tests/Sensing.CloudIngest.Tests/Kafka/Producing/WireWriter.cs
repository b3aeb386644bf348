using System.Text;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>Writes Kafka's numbers and texts, apart from the producer's own code.</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] Written => [.. _bytes];

    public WireWriter Number(long value, int size)
    {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        {
            _bytes.Add((byte)(value >> shift));
        }

        return this;
    }

    public WireWriter Int16(int value) => Number(value, 2);

    public WireWriter Int32(int value) => Number(value, 4);

    public WireWriter Int64(long value) => Number(value, 8);

    public WireWriter Text(string? value)
    {
        Int16(value is null ? -1 : Encoding.UTF8.GetByteCount(value));
        _bytes.AddRange(Encoding.UTF8.GetBytes(value ?? ""));
        return this;
    }
}
