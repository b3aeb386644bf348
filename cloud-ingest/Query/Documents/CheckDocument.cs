using System.ComponentModel;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of one part in the answer of the health checks, for the OpenAPI document.</summary>
public sealed record CheckDocument
{
    [Description("The part: log, flow, intake, store.write, store.dead_letters, store.read.")]
    public required string Name { get; init; }

    [Description("ok, warning (it works, and a person should look at it) or failing.")]
    public required string Status { get; init; }

    [Description("What is wrong with it, or to be looked at; null where there is nothing.")]
    public required string? Problem { get; init; }
}
