namespace Sensing.EdgeNode.Outbox;

/// <summary>What was done about a damaged outbox file.</summary>
/// <param name="SetAside">Where the damaged file lies now; null where the outbox is sound but has lost its last events.</param>
/// <param name="Problem">What was found.</param>
/// <param name="Events">Unsent events that were read out of it.</param>
/// <param name="EventsComplete">Whether all of them could be read.</param>
/// <param name="Checkpoints">Checkpoints kept. None where events may be missing: recordings are then read from their start,
/// and what comes twice is known by its id.</param>
public sealed record OutboxRecovery(string? SetAside, string Problem, long Events, bool EventsComplete, int Checkpoints)
{
    public override string ToString() => SetAside is null
        ? $"the outbox has lost what it committed last ({Problem}); streams resume from the checkpoints before, so recordings are read again from there"
        : $"the outbox was damaged ({Problem}) and is set aside as {SetAside}; {Events} unsent events were saved"
            + (EventsComplete ? ", all that it held" : ", others may be lost; streams start afresh");
}
