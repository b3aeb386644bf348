using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Every fault of the delivery chain, with processes of their own: each event is in the store once, in order within its stream.</summary>
/// <remarks>The measure delivery-faults runs the same faults with more events and kills.</remarks>
[TimeLimit(minutes: 6, reason: "Each breaks processes of the whole chain, which takes up to a minute on two idle cores.")]
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

    [Fact]
    public Task Links_between_network_namespaces_cut_and_slowed() => CheckAsync(new NetworksCut(4, bridgeGivesUp: false, 13), 2000);

    [Fact]
    public async Task Edge_node_killed()
    {
        const int Kills = 5;
        Assert.Equal(Kills, (await CheckAsync(new EdgeKilled(Kills, 11), 3000)).Counts[EdgeKilled.MidWork]);
    }

    [Fact]
    public Task Disk_of_the_edge_node_full() => CheckAsync(new EdgeDiskFull(2), 6000);

    [Fact]
    public Task Clock_of_the_edge_node_stepped_back() => CheckAsync(new EdgeClockSteppedBack(1, 12), 2000);

    private static async Task<DeliveryOutcome> CheckAsync(IDeliveryFault fault, int events)
    {
        string? missing = fault.Setup.Missing(events);
        Assert.SkipWhen(missing is not null, $"{fault.Name} cannot be tried: {missing}.");
        DeliveryOutcome outcome = await DeliveryRig.RunAsync(fault, events, Cancel);
        DeliveryReport report = outcome.Report;
        TestContext.Current.TestOutputHelper!.WriteLine($"{fault.Summary} (Kafka: {outcome.Kafka}): {report}{string.Concat(outcome.Counts.Select(count => $", {count.Key} {count.Value}"))}");
        Assert.True(report.IsWhole, $"{fault.Name}: {report}");
        Assert.Equal((events, outcome.Garbage), (report.Expected, report.DeadLetters));
        return outcome;
    }
}
