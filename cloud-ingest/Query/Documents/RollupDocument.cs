using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of one roll-up, for the OpenAPI document, which adds one object for each measure under its property name
/// (<see cref="QueryApiDocument"/>).</summary>
public sealed record RollupDocument
{
    [Description("Begin of the interval.")]
    public required DateTimeOffset Time { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    [Description("Events in the interval, each id once.")]
    public required long Count { get; init; }
}
