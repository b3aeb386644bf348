using System.Text;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>One record for Kafka, its texts as UTF-8 in one array that is used again for the next.</summary>
internal sealed class KafkaRecord
{
    public const int MaxHeaders = 8;

    private readonly Header[] _headers = new Header[MaxHeaders];
    private int _headerCount;
    private byte[] _text = new byte[1024];
    private int _used;

    public string Topic { get; private set; } = "";

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Key => Text(KeyPart);

    /// <summary>The key, to be a header's value as well.</summary>
    public Part KeyPart { get; private set; }

    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>ms since 1970, UTC.</summary>
    public long Timestamp { get; private set; }

    public ReadOnlySpan<Header> Headers => _headers.AsSpan(0, _headerCount);

    /// <summary>UTF-8 of a header's value.</summary>
    public ReadOnlySpan<byte> Text(Part part) => _text.AsSpan(part.Begin, part.Length);

    /// <summary>Begins a new record in place of the one before; its headers are added next.</summary>
    public void Begin(string topic, ReadOnlySpan<char> key, ReadOnlyMemory<byte> value, DateTimeOffset timestamp)
    {
        _used = 0;
        _headerCount = 0;
        Topic = topic;
        KeyPart = Write(key);
        Value = value;
        Timestamp = timestamp.ToUnixTimeMilliseconds();
    }

    /// <param name="name">UTF-8, kept as it is.</param>
    /// <param name="value">The header's text.</param>
    public void Add(byte[] name, ReadOnlySpan<char> value) => Add(name, Write(value));

    /// <param name="name">UTF-8, kept as it is.</param>
    /// <param name="value">The header's text, UTF-8.</param>
    public void Add(byte[] name, ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_text.AsSpan(_used));
        Add(name, Taken(value.Length));
    }

    public void Add(byte[] name, Part value) => _headers[_headerCount++] = new Header(name, value);

    private Part Write(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        return Taken(Encoding.UTF8.GetBytes(text, _text.AsSpan(_used)));
    }

    private void Reserve(int bytes)
    {
        if (_text.Length - _used < bytes)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _used + bytes));
        }
    }

    private Part Taken(int bytes)
    {
        var part = new Part(_used, bytes);
        _used += bytes;
        return part;
    }

    /// <summary>Where a text lies; see <see cref="Text"/>.</summary>
    public readonly record struct Part(int Begin, int Length);

    public readonly record struct Header(byte[] Name, Part Value);
}
