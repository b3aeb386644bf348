using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of a measure of an event type in answers, for the OpenAPI document.</summary>
public sealed record EventMeasureDocument
{
    [Description("Property of the payload, and of a roll-up.")]
    public required string Property { get; init; }

    [Description("What a person calls it.")]
    public required string Title { get; init; }

    [Description("Its unit; 1 for a ratio.")]
    public required string Unit { get; init; }
}
