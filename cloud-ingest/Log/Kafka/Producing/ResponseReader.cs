using System.Buffers.Binary;
using System.Text;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Reads the primitive types of Kafka's protocol from an answer.</summary>
/// <remarks>Every read may throw an <see cref="InvalidDataException"/>: the answer is shorter than what it says it holds.</remarks>
internal ref struct ResponseReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool Boolean() => Take(1)[0] != 0;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    /// <summary>Number of items of an array; none where it is null.</summary>
    public int Count() => Math.Max(0, Int32());

    public string? NullableString() => Int16() is >= 0 and var length ? Encoding.UTF8.GetString(Take(length)) : null;

    public string String() => NullableString() ?? throw new InvalidDataException("Kafka's answer lacks a text that it must hold.");

    public ReadOnlySpan<byte> Bytes() => Int32() is >= 0 and var length ? Take(length) : default;

    public void SkipInt32Array() => Take(Count() * sizeof(int));

    private ReadOnlySpan<byte> Take(int size)
    {
        if ((uint)size > (uint)_rest.Length)
        {
            throw new InvalidDataException($"Kafka's answer ends {size - _rest.Length} bytes before what it says it holds.");
        }

        ReadOnlySpan<byte> taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}
