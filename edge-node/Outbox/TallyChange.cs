using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>What one transaction changes in the outbox's counts; applied to them once it is committed.</summary>
internal sealed class TallyChange
{
    private readonly long[] _bytes = new long[3];
    private readonly long[] _events = new long[3];
    private readonly long[,] _dropped = new long[LossReason.All.Length, 3];

    public long DeadLetters { get; set; }

    public long DeadBytes { get; set; }

    /// <summary>Whether there is something new to send.</summary>
    public bool Added { get; private set; }

    public long Bytes(EventPriority priority) => _bytes[(int)priority];

    public long Events(EventPriority priority) => _events[(int)priority];

    /// <param name="reason">Position in <see cref="LossReason.All"/>.</param>
    /// <param name="priority">Priority.</param>
    public long Dropped(int reason, EventPriority priority) => _dropped[reason, (int)priority];

    public void Add(EventPriority priority, long bytes)
    {
        _events[(int)priority]++;
        _bytes[(int)priority] += bytes;
        Added = true;
    }

    public void Remove(EventPriority priority, long bytes)
    {
        _events[(int)priority]--;
        _bytes[(int)priority] -= bytes;
    }

    public void Drop(string reason, EventPriority priority) => _dropped[Array.IndexOf(LossReason.All, reason), (int)priority]++;
}
