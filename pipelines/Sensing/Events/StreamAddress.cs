using System.Buffers;

namespace Sensing.Events;

/// <summary>Where an event comes from: site, node and stream, each a name of <c>[a-z0-9][a-z0-9-]*</c>, 1–64 characters.</summary>
/// <remarks>The three names are parts of a CloudEvents source, an MQTT topic and a file path, so they are kept to
/// characters that are safe in all three. Breaking the rule throws <see cref="ArgumentException"/>.</remarks>
public sealed record StreamAddress
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public StreamAddress(string site, string node, string stream)
    {
        Site = Checked(site, nameof(site));
        Node = Checked(node, nameof(node));
        Stream = Checked(stream, nameof(stream));
        Source = $"/sites/{site}/nodes/{node}/streams/{stream}";
    }

    /// <summary>Of names that have been checked.</summary>
    private StreamAddress(string site, string node, string stream, string source)
    {
        Site = site;
        Node = node;
        Stream = stream;
        Source = source;
    }

    public string Site { get; }

    public string Node { get; }

    public string Stream { get; }

    /// <summary>The CloudEvents <c>source</c>: <c>/sites/{site}/nodes/{node}/streams/{stream}</c>.</summary>
    public string Source { get; }

    /// <summary>The address as <see cref="Source"/> writes it.</summary>
    /// <returns>False, and null, where <paramref name="source"/> has another form.</returns>
    public static bool TryParse(string? source, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StreamAddress? address)
    {
        // /sites/{site}/nodes/{node}/streams/{stream}, by hand: every message of every stream comes through here.
        ReadOnlySpan<char> rest = source;
        address = TryPart(ref rest, "/sites/", out string site) && TryPart(ref rest, "/nodes/", out string node)
            && TryPart(ref rest, "/streams/", out string stream) && rest.IsEmpty
            ? new StreamAddress(site, node, stream, source!)
            : null;
        return address is not null;
    }

    /// <summary>Whether <paramref name="name"/> may be the name of a site, a node or a stream.</summary>
    public static bool IsName(string? name) => name is { Length: >= 1 and <= 64 } && name[0] != '-' && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    private static bool TryPart(ref ReadOnlySpan<char> rest, string head, out string name)
    {
        name = "";
        if (!rest.StartsWith(head, StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[head.Length..];
        int length = rest.IndexOf('/') is >= 0 and var slash ? slash : rest.Length;
        name = rest[..length].ToString();
        rest = rest[length..];
        return IsName(name);
    }

    private static string Checked(string name, string what) => IsName(name)
        ? name
        : throw new ArgumentException($"'{name}' is no name for a {what}: use 1 to 64 of a-z, 0-9 and '-', not '-' first.", what);

    public bool Equals(StreamAddress? other) => other is not null && Source == other.Source;

    public override int GetHashCode() => Source.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Source;
}
