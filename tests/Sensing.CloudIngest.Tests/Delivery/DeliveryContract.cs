using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Faults of the delivery chain, each part of it a process of its own: each event is in the store once, in order
/// within its stream.</summary>
/// <remarks>The measure delivery-faults runs the same faults with more events and kills. One class for each part of the
/// chain, so that they share the cores.</remarks>
[TimeLimit(minutes: 6, reason: "Each breaks processes of the whole chain, which takes up to a minute on two idle cores.")]
public abstract class DeliveryContract(SharedKafka kafka)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected async Task<DeliveryOutcome> CheckAsync(IDeliveryFault fault, int events)
    {
        string? missing = fault.Setup.Missing(events);
        Assert.SkipWhen(missing is not null, $"{fault.Name} cannot be tried: {missing}.");
        DeliveryOutcome outcome = await DeliveryRig.RunAsync(fault, events, Cancel, await kafka.GetAsync(Cancel));
        DeliveryReport report = outcome.Report;
        string counts = string.Concat(outcome.Counts.Select(count => $", {count.Key} {count.Value}"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{fault.Summary} (Kafka: {outcome.Kafka}): {report}{counts}");
        Assert.True(report.IsWhole, $"{fault.Name}: {report}");
        Assert.Equal((events, outcome.Garbage), (report.Expected, report.DeadLetters));
        return outcome;
    }
}
