namespace Sensing.CloudIngest.Broker;

/// <summary>What the broker knows of one session: who owns it, whether its client is there, what waits for it.</summary>
/// <param name="id">As MQTTnet knows it.</param>
/// <param name="user">Its owner; empty where nobody needs to say.</param>
internal sealed class BrokerSession(string id, string user)
{
    public string Id { get; } = id;

    public string User { get; } = user;

    /// <summary>The connection that has it; null where none does.</summary>
    public BrokerConnection? Connection { get; set; }

    /// <summary>When its connection ended, timestamp.</summary>
    public long Left { get; set; }

    /// <summary>How long it is kept after that.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>Whether a subscription with QoS 1 or 2 has been granted: only then anything waits while nobody is connected.</summary>
    public bool Keeps { get; set; }

    /// <summary>Bytes that wait, or have been sent and are not acknowledged.</summary>
    public long Bytes { get; set; }

    /// <summary>Messages, as <see cref="Bytes"/>.</summary>
    public int Count { get; set; }
}
