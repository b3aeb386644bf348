using System.Text.RegularExpressions;

namespace Sensing.Events;

/// <summary>Where an event comes from: site, node and stream, each a name of <c>[a-z0-9][a-z0-9-]*</c>, 1–64 characters.</summary>
/// <remarks>The three names are parts of a CloudEvents source, an MQTT topic and a file path, so they are kept to
/// characters that are safe in all three. Breaking the rule throws <see cref="ArgumentException"/>.</remarks>
public sealed partial record StreamAddress
{
    public StreamAddress(string site, string node, string stream)
    {
        Site = Checked(site, nameof(site));
        Node = Checked(node, nameof(node));
        Stream = Checked(stream, nameof(stream));
    }

    public string Site { get; }

    public string Node { get; }

    public string Stream { get; }

    /// <summary>The CloudEvents <c>source</c>: <c>/sites/{site}/nodes/{node}/streams/{stream}</c>.</summary>
    public string Source => $"/sites/{Site}/nodes/{Node}/streams/{Stream}";

    /// <summary>The address as <see cref="Source"/> writes it.</summary>
    /// <returns>False, and null, where <paramref name="source"/> has another form.</returns>
    public static bool TryParse(string? source, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StreamAddress? address)
    {
        Match match = SourceForm().Match(source ?? "");
        address = match.Success
            ? new StreamAddress(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
            : null;
        return address is not null;
    }

    /// <summary>Whether <paramref name="name"/> may be the name of a site, a node or a stream.</summary>
    public static bool IsName(string? name) => name is not null && NameForm().IsMatch(name);

    private static string Checked(string name, string what) => IsName(name)
        ? name
        : throw new ArgumentException($"'{name}' is no name for a {what}: use 1 to 64 of a-z, 0-9 and '-', not '-' first.", what);

    public override string ToString() => Source;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^/sites/([a-z0-9][a-z0-9-]{0,63})/nodes/([a-z0-9][a-z0-9-]{0,63})/streams/([a-z0-9][a-z0-9-]{0,63})\z", RegexOptions.CultureInvariant)]
    private static partial Regex SourceForm();
}
