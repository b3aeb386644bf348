namespace Sensing.CloudIngest.Store;

/// <summary>The last that was heard of a node.</summary>
/// <param name="Version">Grows with every change of any node.</param>
/// <param name="Site">Site of the node.</param>
/// <param name="Node">Name of the node.</param>
/// <param name="Status">JSON of its status as it came; empty: the node has been forgotten.</param>
/// <param name="Received">When it came.</param>
public sealed record NodeEntry(long Version, string Site, string Node, ReadOnlyMemory<byte> Status, DateTimeOffset Received);
