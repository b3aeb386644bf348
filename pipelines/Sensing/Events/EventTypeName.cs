namespace Sensing.Events;

/// <summary>The name of an event type: <c>sensing.{pipeline}.{fact}.v{version}</c>.</summary>
public sealed record EventTypeName
{
    private readonly string _text;

    private EventTypeName(string pipeline, string fact, int version, string text)
    {
        Pipeline = pipeline;
        Fact = fact;
        Version = version;
        _text = text;
    }

    public string Pipeline { get; }

    public string Fact { get; }

    public int Version { get; }

    /// <exception cref="FormatException">The name has another form.</exception>
    public static EventTypeName Parse(string name) => TryParse(name, out EventTypeName? parsed)
        ? parsed
        : throw new FormatException($"'{name}' is not an event type: it must have the form sensing.{{pipeline}}.{{fact}}.v{{version}}.");

    public static bool TryParse(string? name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EventTypeName? parsed)
    {
        // sensing\.([a-z]{1,32})\.([a-z][a-z-]{0,31})\.v([1-9][0-9]{0,3}), by hand: every message of every stream comes through here.
        parsed = null;
        const string First = "sensing.";
        if (name is null || !name.StartsWith(First, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = name.AsSpan(First.Length);
        int pipeline = Word(rest, hyphens: false);
        int fact = pipeline < 0 ? -1 : Word(rest[(pipeline + 1)..], hyphens: true);
        if (fact < 0)
        {
            return false;
        }

        ReadOnlySpan<char> version = rest[(pipeline + fact + 2)..];
        if (version.Length is < 2 or > 5 || version[0] != 'v' || version[1] == '0' || version[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        parsed = new EventTypeName(
            rest[..pipeline].ToString(), rest.Slice(pipeline + 1, fact).ToString(), int.Parse(version[1..], System.Globalization.CultureInfo.InvariantCulture), name);
        return true;
    }

    public override string ToString() => _text;

    public bool Equals(EventTypeName? other) => other is not null && _text == other._text;

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <returns>Letters before the next dot; -1 where there are none, too many, or other characters.</returns>
    private static int Word(ReadOnlySpan<char> text, bool hyphens)
    {
        int length = text.IndexOf('.');
        if (length is < 1 or > 32 || text[0] == '-')
        {
            return -1;
        }

        foreach (char letter in text[..length])
        {
            if (letter is not (>= 'a' and <= 'z') && !(hyphens && letter == '-'))
            {
                return -1;
            }
        }

        return length;
    }
}
