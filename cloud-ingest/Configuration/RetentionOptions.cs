using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>How long events of a type are kept.</summary>
public sealed record RetentionOptions
{
    [Option("Event type, or the beginning of one with * for the rest.", Required = true, Pattern = @"[a-z0-9.]*\*?", PatternMeaning = "an event type, sensing.{pipeline}.{fact}.v{version}, or its beginning and *")]
    public string Type { get; init; } = "";

    [Option("Hours since arrival; 0 keeps them forever.", Required = true, Min = 0)]
    public double Hours { get; init; }

    internal bool Matches(string type) => Type.EndsWith('*')
        ? type.StartsWith(Type[..^1], StringComparison.Ordinal)
        : type == Type;
}
