using System.Buffers.Binary;
using System.Text;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Writes the primitive types of Kafka's protocol (big-endian; the versions before tagged fields) into one array that is used again.</summary>
internal sealed class RequestWriter
{
    private const int KeptBytes = 2 * 1024 * 1024;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Begins again; the room of an unusually large request is given back.</summary>
    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[1024];
        }
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);

    /// <summary>Null is length -1.</summary>
    public void String(string? value)
    {
        if (value is null)
        {
            Int16(-1);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Int16(checked((short)length));
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>With its length before it.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Room for a number that is known later; see <see cref="Fill"/>.</summary>
    /// <returns>Where it is.</returns>
    public int Later()
    {
        Int32(0);
        return _length - sizeof(int);
    }

    public void Fill(int at, int value) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(at), value);

    private Span<byte> Take(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_length + size, 2 * _bytes.Length));
        }

        _length += size;
        return _bytes.AsSpan(_length - size, size);
    }
}
