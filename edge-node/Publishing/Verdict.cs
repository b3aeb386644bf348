namespace Sensing.EdgeNode.Publishing;

/// <summary>What a broker's answer to an event means for the event.</summary>
internal enum Verdict
{
    /// <summary>It may leave the outbox.</summary>
    Delivered,

    /// <summary>Not now: it is tried again.</summary>
    Later,

    /// <summary>Not now, but a broker that goes on saying so does not want this event: tried a few times.</summary>
    Doubtful,

    /// <summary>Never: to the dead letters.</summary>
    Poison,
}
