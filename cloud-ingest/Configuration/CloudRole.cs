namespace Sensing.CloudIngest.Configuration;

/// <summary>What a process of the cloud tier does. One does all of it, or several share the work with Kafka between them.</summary>
public enum CloudRole
{
    /// <summary>MQTT to the log.</summary>
    Bridge,

    /// <summary>Kafka to the store.</summary>
    Sink,

    /// <summary>The store to HTTP.</summary>
    Query,
}
