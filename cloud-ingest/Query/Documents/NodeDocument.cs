using System.ComponentModel;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Query.Documents;

/// <summary>Shape of a node in answers, for the OpenAPI document.</summary>
public sealed record NodeDocument
{
    public required string Site { get; init; }

    public required string Node { get; init; }

    [Description("The node's own word, or its last will.")]
    public required NodeStatus Status { get; init; }

    [Description("When the status came.")]
    public required DateTimeOffset ReceivedAt { get; init; }

    [Description("Whether the node is connected now; with an external broker, whether it says so.")]
    public required bool Connected { get; init; }
}
