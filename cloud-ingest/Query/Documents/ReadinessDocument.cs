using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of the answer of the health checks, for the OpenAPI document.</summary>
public sealed record ReadinessDocument
{
    [Description("ok, or what is the matter.")]
    public required string Status { get; init; }

    [Description("What does not work, in words.")]
    public required IReadOnlyList<string> Problems { get; init; }

    [Description("Every part that was looked at.")]
    public required IReadOnlyList<CheckDocument> Checks { get; init; }
}
