using Sensing.Events;

namespace Sensing.Streams;

/// <summary>What a source or a pipeline is given besides its options.</summary>
/// <param name="Address">Site, node and stream, for the events it makes.</param>
/// <param name="Time">Clock for waiting and pacing; never for event time.</param>
/// <param name="BaseDirectory">Folder that relative paths in the configuration start from.</param>
public sealed record StreamContext(StreamAddress Address, TimeProvider Time, string BaseDirectory);
