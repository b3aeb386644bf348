using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>What waits of one priority.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Events">Unsent events.</param>
/// <param name="Bytes">Their bytes, as the bounds count them.</param>
public sealed record OutboxDepth(EventPriority Priority, long Events, long Bytes);
