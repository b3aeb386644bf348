using System.Buffers.Text;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Reads JSON (RFC 8259) that is plain: texts of printable ASCII without an escape. Of any other it says nothing.</summary>
/// <remarks>Whoever reads knows what must come next, so nothing is told apart that need not be; that makes it several times as fast as a general reader.</remarks>
internal ref struct PlainJson(ReadOnlySpan<byte> text)
{
    /// <summary>What a number's text is made of.</summary>
    public enum NumberForm
    {
        /// <summary>Digits, and a sign perhaps.</summary>
        Whole,

        /// <summary>Digits after a point too.</summary>
        Fraction,

        /// <summary>A power of ten too.</summary>
        Exponent,
    }

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Takes a structural character.</summary>
    public bool TryTake(byte character)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Takes exactly these bytes: a word with its quotes, a literal.</summary>
    /// <remarks>A literal is not told from a longer one; what must follow it shows that.</remarks>
    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        SkipSpace();
        if (!_text[_at..].StartsWith(expected))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    /// <summary>Takes a text.</summary>
    /// <param name="quoted">It, with its quotes.</param>
    public bool TryText(out ReadOnlySpan<byte> quoted)
    {
        quoted = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        int begin = _at - 1;
        for (int i = _at; i < _text.Length; i++)
        {
            byte next = _text[i];
            if (next == '"')
            {
                _at = i + 1;
                quoted = _text[begin.._at];
                return true;
            }

            if (next is < (byte)' ' or > (byte)'~' or (byte)'\\')
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Takes a number.</summary>
    /// <param name="number">Its text.</param>
    /// <param name="form">What it is made of.</param>
    public bool TryNumber(out ReadOnlySpan<byte> number, out NumberForm form)
    {
        SkipSpace();
        number = default;
        form = NumberForm.Whole;
        int begin = _at;
        if (Next == '-')
        {
            _at++;
        }

        if (Next == '0')
        {
            _at++;
        }
        else if (!TryDigits())
        {
            return false;
        }

        if (Next == '.')
        {
            _at++;
            form = NumberForm.Fraction;
            if (!TryDigits())
            {
                return false;
            }
        }

        if (Next is (byte)'e' or (byte)'E')
        {
            _at++;
            form = NumberForm.Exponent;
            if (Next is (byte)'+' or (byte)'-')
            {
                _at++;
            }

            if (!TryDigits())
            {
                return false;
            }
        }

        number = _text[begin.._at];
        return true;
    }

    /// <summary>Takes a number of at most <see cref="PayloadText.LargestMagnitude"/>; one without an exponent is too short to be larger. Of a zero with an exponent it says nothing.</summary>
    public bool TryDouble() => TryNumber(out ReadOnlySpan<byte> number, out NumberForm form) && number.Length <= 32
        && (form != NumberForm.Exponent || (Utf8Parser.TryParse(number, out double value, out int read) && read == number.Length && value != 0 && Math.Abs(value) <= PayloadText.LargestMagnitude));

    /// <summary>Whether nothing more comes.</summary>
    public bool IsAtEnd()
    {
        SkipSpace();
        return _at == _text.Length;
    }

    /// <summary>The byte that comes next; 0 at the end.</summary>
    private readonly byte Next => _at < _text.Length ? _text[_at] : (byte)0;

    private bool TryDigits()
    {
        int begin = _at;
        while (_at < _text.Length && (uint)(_text[_at] - '0') <= 9)
        {
            _at++;
        }

        return _at > begin;
    }

    private void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
