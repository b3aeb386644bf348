namespace Sensing.CloudIngest.Log;

/// <summary>A node's retained status, or its last will.</summary>
/// <param name="Site">Site of the node.</param>
/// <param name="Node">Name of the node.</param>
/// <param name="Status">JSON of <see cref="Events.Node.NodeStatus"/> as it came; empty: the status was cleared, the node is forgotten.</param>
/// <param name="Arrival">When it came in.</param>
public sealed record NodeStatusRecord(string Site, string Node, ReadOnlyMemory<byte> Status, DateTimeOffset Arrival) : LogRecord(Arrival)
{
    public override int Size => Status.Length + 128;
}
