namespace Sensing.Testing.Delivery;

/// <summary>What a run is made of, apart from the fault itself.</summary>
public sealed record DeliverySetup
{
    public DeliveryPath Path { get; init; } = DeliveryPath.Kafka;

    /// <summary>Kafka's brokers, with <see cref="DeliveryPath.OwnKafka"/>; from three on each record is in three places.</summary>
    public int KafkaBrokers { get; init; } = 1;

    /// <summary>True: Kafka is down when bridge and sink start, and the fault runs it.</summary>
    public bool KafkaStartsDown { get; init; }

    /// <summary>True: the bridge reaches Mosquitto through <see cref="DeliveryRig.Network"/>.</summary>
    public bool BridgeThroughNetwork { get; init; }

    /// <summary>True: Mosquitto writes its whole file after every hundred changes, which is as often as it bears.</summary>
    public bool MosquittoSavesOften { get; init; }

    /// <summary>True: the store is PostgreSQL, otherwise SQLite.</summary>
    public bool Postgres { get; init; }

    /// <summary>Present: the producer is an edge node as a process of its own; absent: two publishers in this process.</summary>
    public EdgeSetup? Edge { get; init; }

    /// <summary>True: the edge node, Mosquitto and the bridge are in networks of their own, <see cref="DeliveryRig.Networks"/>.</summary>
    public bool Networks { get; init; }

    /// <summary>False: the fault publishes the events itself, in its own way.</summary>
    public bool PublishesInOrder { get; init; } = true;

    public DeliveryOrder Order { get; init; } = DeliveryOrder.Stored;

    /// <summary>Fewer events do not come to what the fault is.</summary>
    public int LeastEvents { get; init; }

    /// <summary>What this needs and does not have; null: nothing.</summary>
    /// <param name="events">How many events there are.</param>
    public string? Missing(int events) =>
        events < LeastEvents ? $"it takes {LeastEvents} events or more"
        : Path != DeliveryPath.Embedded && !MosquittoBroker.IsInstalled ? "Mosquitto is not installed (Debian: apt-get install mosquitto)"
        : Path == DeliveryPath.OwnKafka && !KafkaBroker.CanStart ? "no Kafka that can be started and killed: it takes ../shared/kafka and Java 17"
        : Networks && NetworkNamespace.Missing is { } missing ? missing
        : Edge is { DiskMegabytes: > 0 } && !SmallDisk.CanMake ? SmallDisk.Missing
        : Postgres ? PostgresServer.Missing
        : null;
}
