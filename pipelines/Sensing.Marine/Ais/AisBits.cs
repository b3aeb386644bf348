using System.Buffers.Binary;

namespace Sensing.Marine.Ais;

/// <summary>The bits of a message, most significant first.</summary>
/// <param name="bytes">The bits, with at least <see cref="Padding"/> bytes after them.</param>
/// <param name="length">How many there are.</param>
internal readonly ref struct AisBits(ReadOnlySpan<byte> bytes, int length)
{
    /// <summary>A field is read as a word of eight bytes.</summary>
    public const int Padding = sizeof(ulong);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Length { get; } = length;

    public int Unsigned(int at, int bits) =>
        (int)((BinaryPrimitives.ReadUInt64BigEndian(_bytes[(at >> 3)..]) << (at & 7)) >> (64 - bits));

    public int Signed(int at, int bits) =>
        (int)((long)(BinaryPrimitives.ReadUInt64BigEndian(_bytes[(at >> 3)..]) << (at & 7)) >> (64 - bits));
}
