using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of a stream in answers, for the OpenAPI document.</summary>
public sealed record StreamDocument
{
    [Description("/sites/{site}/nodes/{node}/streams/{stream}")]
    public required string Source { get; init; }

    public required string Site { get; init; }

    public required string Node { get; init; }

    public required string Stream { get; init; }

    public required IReadOnlyList<StreamTypeDocument> Types { get; init; }
}
