using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>What was dropped for one reason.</summary>
/// <param name="Reason">Why: full, expired or dead-letters-full.</param>
/// <param name="Priority">Priority of what was dropped.</param>
/// <param name="Events">How many events.</param>
public sealed record OutboxDrops(string Reason, EventPriority Priority, long Events);
