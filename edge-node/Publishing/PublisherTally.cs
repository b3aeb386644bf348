namespace Sensing.EdgeNode.Publishing;

/// <summary>What publishers of a node have done since its start; outlives the one that a changed configuration replaces.</summary>
public sealed class PublisherTally
{
    private long _published;
    private long _acknowledged;
    private long _refusedForNow;
    private long _refusedForGood;
    private long _connections;

    /// <summary>Events sent, each repeat counted.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Events that the broker has taken.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Answers that said 'not now': quota, nobody subscribed.</summary>
    public long RefusedForNow => Interlocked.Read(ref _refusedForNow);

    /// <summary>Events that became dead letters.</summary>
    public long RefusedForGood => Interlocked.Read(ref _refusedForGood);

    /// <summary>Connections that were made; more than one: it reconnected.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    internal void Sent() => Interlocked.Increment(ref _published);

    internal void Taken() => Interlocked.Increment(ref _acknowledged);

    internal void NotNow() => Interlocked.Increment(ref _refusedForNow);

    internal void Never() => Interlocked.Increment(ref _refusedForGood);

    internal void Connected() => Interlocked.Increment(ref _connections);
}
