using System.Text.RegularExpressions;

namespace Sensing.Events;

/// <summary>The name of an event type: <c>sensing.{pipeline}.{fact}.v{version}</c>.</summary>
public sealed partial record EventTypeName
{
    private EventTypeName(string pipeline, string fact, int version)
    {
        Pipeline = pipeline;
        Fact = fact;
        Version = version;
    }

    public string Pipeline { get; }

    public string Fact { get; }

    public int Version { get; }

    /// <exception cref="FormatException">The name has another form.</exception>
    public static EventTypeName Parse(string name) => TryParse(name, out EventTypeName? parsed)
        ? parsed
        : throw new FormatException($"'{name}' is no event type: it must look like sensing.das.vehicle.v1.");

    public static bool TryParse(string? name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EventTypeName? parsed)
    {
        Match match = Form().Match(name ?? "");
        parsed = match.Success
            ? new EventTypeName(match.Groups[1].Value, match.Groups[2].Value, int.Parse(match.Groups[3].Value))
            : null;
        return parsed is not null;
    }

    public override string ToString() => $"sensing.{Pipeline}.{Fact}.v{Version}";

    [GeneratedRegex(@"^sensing\.([a-z]{1,32})\.([a-z]{1,32})\.v([1-9][0-9]{0,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
