using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Every fault of the delivery chain, with processes of their own: each event is in the store once, in order within its stream.</summary>
/// <remarks>The measure delivery-faults runs the same faults with more events and kills. The edge node's own (killed, disk full, clock stepped
/// back, Mosquitto killed before it) are in Sensing.EdgeNode.Tests.</remarks>
public class DeliveryFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_broker_inside_killed() => CheckAsync(new BrokerKilled(5, 1), 1500);

    [Fact]
    public Task Mosquitto_restarted() => CheckAsync(new MosquittoEnded(hard: false, 3, 2), 3000);

    [Fact]
    public Task Kafka_killed() => CheckAsync(new KafkaKilled(1, 3), 2000);

    [Fact]
    public Task Kafka_away_from_the_start() => CheckAsync(new KafkaUnreachable(TimeSpan.Zero), 2000);

    [Fact]
    public Task One_Kafka_broker_of_three_killed() => CheckAsync(new KafkaBrokerLost(), 2000);

    [Fact]
    public Task Bridge_killed() => CheckAsync(new BridgeKilled(5, 4), 1500);

    [Fact]
    public Task Sink_to_SQLite_killed() => CheckAsync(new SinkKilled(4, 5, postgres: false), 1500);

    [Fact]
    public Task Sink_to_PostgreSQL_killed() => CheckAsync(new SinkKilled(4, 6, postgres: true), 1500);

    [Fact]
    public Task PostgreSQL_stopped_as_by_a_crash() => CheckAsync(new PostgresStopped(2, 7), 2000);

    [Fact]
    public Task Network_cut_frozen_and_slowed() => CheckAsync(new NetworkCut(4, 8), 2000);

    [Fact]
    public Task Deliveries_repeated_and_reordered() => CheckAsync(new RepeatedAndReordered(50, 9), 2000);

    [Fact]
    public Task Garbage_between_the_events() => CheckAsync(new Garbage(10, 10), 1000);

    private static async Task CheckAsync(IDeliveryFault fault, int events)
    {
        string? missing = fault.Setup.Missing();
        Assert.SkipWhen(missing is not null, $"{fault.Name} cannot be tried: {missing}.");
        (DeliveryReport report, string kafka, int garbage) = await DeliveryRig.RunAsync(fault, events, Cancel);
        TestContext.Current.TestOutputHelper!.WriteLine($"{fault.Summary} (Kafka: {kafka}): {report}");
        Assert.True(report.IsWhole, $"{fault.Name}: {report}");
        Assert.Equal((events, garbage), (report.Expected, report.DeadLetters));
    }
}
