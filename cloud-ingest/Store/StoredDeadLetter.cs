using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store;

/// <summary>A dead letter as the store has it.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Record">What came, and why it was refused.</param>
public sealed record StoredDeadLetter(long Sequence, DeadLetterRecord Record);
