using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Faults of the MQTT broker, and of what is published to it.</summary>
public class DeliveryBrokerTests(SharedKafka kafka) : DeliveryContract(kafka)
{
    [Fact]
    public Task The_broker_inside_killed() => CheckAsync(new BrokerKilled(5, 1), 1500);

    [Fact]
    public Task Mosquitto_restarted() => CheckAsync(new MosquittoEnded(hard: false, 3, 2), 3000);

    [Fact]
    public Task Deliveries_repeated_and_reordered() => CheckAsync(new RepeatedAndReordered(50, 9), 2000);

    [Fact]
    public Task Garbage_between_the_events() => CheckAsync(new Garbage(10, 10), 1000);
}
