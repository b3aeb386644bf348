using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of an event family in answers, for the OpenAPI document.</summary>
public sealed record EventFamilyDocument
{
    [Description("The second part of its types' names.")]
    public required string Name { get; init; }

    [Description("What a person calls it.")]
    public required string Title { get; init; }

    public required IReadOnlyList<EventTypeDocument> Types { get; init; }
}
