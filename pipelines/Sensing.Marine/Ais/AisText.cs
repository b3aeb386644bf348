using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sensing.Marine.Ais;

/// <summary>A text of an AIS message, as bytes of its own: no allocation until it is asked for as a string.</summary>
public struct AisText : IEquatable<AisText>
{
    /// <summary>Longest text: the name of an aid to navigation with its extension.</summary>
    public const int MaxLength = 34;

    private Characters _characters;
    private byte _length;

    public readonly int Length => _length;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => _characters[.._length];

    public static AisText Of(ReadOnlySpan<byte> text)
    {
        var made = default(AisText);
        made.Set(text[..Math.Min(text.Length, MaxLength)]);
        return made;
    }

    public readonly bool Equals(AisText other) => Span.SequenceEqual(other.Span);

    public override readonly bool Equals(object? obj) => obj is AisText other && Equals(other);

    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public override readonly string ToString() => Encoding.ASCII.GetString(Span);

    public static bool operator ==(AisText left, AisText right) => left.Equals(right);

    public static bool operator !=(AisText left, AisText right) => !left.Equals(right);

    /// <summary>Decodes six-bit characters. The first '@' ends a text, and blanks at its end are no part of it (ITU-R M.1371-5, annex 8).</summary>
    internal static AisText Decode(in AisBits bits, int at, int characters)
    {
        var text = default(AisText);
        text.Read(in bits, at, characters, 0);
        return text;
    }

    /// <summary>The text with more characters, where it is of full length.</summary>
    internal readonly AisText Continued(in AisBits bits, int at, int characters, int full)
    {
        AisText longer = this;
        if (_length == full)
        {
            longer.Read(in bits, at, characters, full);
        }

        return longer;
    }

    private void Read(in AisBits bits, int at, int characters, int from)
    {
        Span<byte> text = _characters;
        int length = from, last = from;
        for (int i = 0; i < characters; i++)
        {
            int symbol = bits.Unsigned(at + (6 * i), 6);
            if (symbol == 0)
            {
                break;
            }

            byte character = (byte)(symbol < 32 ? symbol + 64 : symbol);
            text[length++] = character;
            last = character == (byte)' ' ? last : length;
        }

        _length = (byte)last;
    }

    private void Set(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_characters);
        _length = (byte)text.Length;
    }

    [InlineArray(MaxLength)]
    private struct Characters
    {
        private byte _first;
    }
}
