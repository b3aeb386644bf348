namespace Sensing.Testing.Delivery;

/// <summary>What lies between the producers and the store.</summary>
public enum DeliveryPath
{
    /// <summary>cloud-ingest as one process: its own broker, bridge and store.</summary>
    Embedded,

    /// <summary>Mosquitto, a bridge process, whichever Kafka there is, a sink process.</summary>
    Kafka,

    /// <summary>As <see cref="Kafka"/>, with a Kafka that can be killed.</summary>
    OwnKafka,
}
