namespace Sensing.Marine.Nmea;

/// <summary>The fields of a sentence, one after the other.</summary>
public ref struct NmeaFields(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;
    private bool _more = true;

    /// <summary>The next field; false after the last. A field may be empty.</summary>
    public bool MoveNext(out ReadOnlySpan<byte> field)
    {
        if (!_more)
        {
            field = default;
            return false;
        }

        int comma = _rest.IndexOf((byte)',');
        if (comma < 0)
        {
            field = _rest;
            _more = false;
        }
        else
        {
            field = _rest[..comma];
            _rest = _rest[(comma + 1)..];
        }

        return true;
    }

    /// <summary>The next field; empty after the last.</summary>
    public ReadOnlySpan<byte> Next()
    {
        MoveNext(out ReadOnlySpan<byte> field);
        return field;
    }
}
