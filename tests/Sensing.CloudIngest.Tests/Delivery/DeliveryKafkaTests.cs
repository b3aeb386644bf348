using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Faults of Kafka.</summary>
// Not beside the tests that start a Kafka of their own: each broker is a Java process.
[Collection(RealKafka.Name)]
public class DeliveryKafkaTests(SharedKafka kafka) : DeliveryContract(kafka)
{
    [Fact]
    public Task Kafka_killed() => CheckAsync(new KafkaKilled(1, 3), 2000);

    [Fact]
    public Task Kafka_away_from_the_start() => CheckAsync(new KafkaUnreachable(TimeSpan.Zero), 2000);

    [Fact]
    public Task One_Kafka_broker_of_three_killed() => CheckAsync(new KafkaBrokerLost(), 2000);
}
