using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>What one transaction changes in the outbox's counts; applied to them once it is committed.</summary>
internal sealed class TallyChange
{
    private readonly long[] _bytes = new long[3];

    public long Events { get; private set; }

    public long DeadLetters { get; set; }

    public long DeadBytes { get; set; }

    public long Dropped { get; set; }

    /// <summary>Whether there is something new to send.</summary>
    public bool Added { get; private set; }

    public long Bytes(EventPriority priority) => _bytes[(int)priority];

    public void Add(EventPriority priority, long bytes)
    {
        Events++;
        _bytes[(int)priority] += bytes;
        Added = true;
    }

    public void Remove(EventPriority priority, long bytes)
    {
        Events--;
        _bytes[(int)priority] -= bytes;
    }
}
