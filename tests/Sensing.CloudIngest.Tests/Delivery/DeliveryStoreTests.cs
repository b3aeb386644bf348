using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Faults of the sink and of its store.</summary>
public class DeliveryStoreTests(SharedKafka kafka) : DeliveryContract(kafka)
{
    [Fact]
    public Task Sink_to_SQLite_killed() => CheckAsync(new SinkKilled(4, 5, postgres: false), 1500);

    [Fact]
    public Task Sink_to_PostgreSQL_killed() => CheckAsync(new SinkKilled(4, 6, postgres: true), 1500);

    [Fact]
    public Task PostgreSQL_stopped_as_by_a_crash() => CheckAsync(new PostgresStopped(2, 7), 2000);
}
