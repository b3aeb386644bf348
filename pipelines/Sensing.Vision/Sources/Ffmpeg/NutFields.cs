using System.Numerics;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>Fields of a NUT header, one after the other.</summary>
internal ref struct NutFields(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    /// <exception cref="EndOfStreamException">The header is shorter.</exception>
    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw new EndOfStreamException();

    /// <summary>A <c>v</c>: seven bits a byte, the most significant first.</summary>
    public long Unsigned()
    {
        long value = 0;
        byte next;
        do
        {
            next = Byte();
            value = (value << 7) | (next & 0x7Fu);
        }
        while (next >= 0x80);
        return value;
    }

    /// <summary>An <c>s</c>: 0, 1, −1, 2, −2, … as 0, 1, 2, 3, 4, …</summary>
    public long Signed()
    {
        long value = Unsigned() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    /// <summary>A <c>vb</c>: length and bytes.</summary>
    public byte[] Bytes()
    {
        long length = Unsigned();
        byte[] taken = length <= _bytes.Length - Position ? _bytes.Slice(Position, (int)length).ToArray() : throw new EndOfStreamException();
        Position += (int)length;
        return taken;
    }

    public void Skip(int count) => Position += count;
}

/// <summary>Flags of a NUT frame.</summary>
[Flags]
internal enum NutFlags : long
{
    None = 0,
    CodedPts = 8,
    StreamId = 16,
    SizeMsb = 32,
    Checksum = 64,
    Reserved = 128,
    HeaderIndex = 1024,
    MatchTime = 2048,
    Coded = 4096,
    Invalid = 8192,
}

/// <summary>What a frame code stands for.</summary>
internal readonly record struct NutFrameCode(
    NutFlags Flags, long PtsDelta, long SizeMul, int Stream, long SizeLsb, long Reserved, int HeaderIndex);

/// <summary>A packet's header.</summary>
/// <param name="Stream">Index of its stream.</param>
/// <param name="Pts">Its time in the stream's time base.</param>
/// <param name="Size">Bytes of its payload.</param>
internal readonly record struct NutPacket(int Stream, long Pts, int Size);

/// <summary>A stream of pictures or of sound.</summary>
internal sealed class NutStream(bool isVideo, long num, long den, int shift, int first, int second)
{
    public bool IsVideo { get; } = isVideo;

    /// <summary>Pictures: width. Sound: samples a second.</summary>
    public int Width { get; } = first;

    public int Height { get; } = second;

    public int SampleRate => Width;

    public long Num { get; } = num;

    public long Den { get; } = den;

    public long LastPts { get; set; }

    /// <summary>The time of <paramref name="coded"/>: its low bits, nearest to the time before, or the whole of it.</summary>
    public long PtsOf(long coded)
    {
        long whole = 1L << shift;
        if (coded >= whole)
        {
            return coded - whole;
        }

        long mask = whole - 1;
        long delta = LastPts - (mask / 2);
        return ((coded - delta) & mask) + delta;
    }

    /// <summary>A time of the stream as a span, rounded to its 100 ns.</summary>
    public TimeSpan SpanOf(long pts) => new((long)(((((Int128)pts * Num * TimeSpan.TicksPerSecond * 2) / Den) + (pts < 0 ? -1 : 1)) / 2));

    /// <summary>A time of the stream in units of 1/<paramref name="rate"/> s, rounded down.</summary>
    public long In(long pts, int rate) => (long)BigInteger.Divide((BigInteger)pts * Num * rate, Den);
}
