namespace Sensing.Testing.Delivery.Faults;

/// <summary>Kafka is not there when bridge and sink start, and comes when Mosquitto has taken half of the events.</summary>
/// <param name="atLeast">Time without Kafka at least.</param>
public sealed class KafkaUnreachable(TimeSpan atLeast) : IDeliveryFault
{
    public string Name => "kafka_unreachable";

    public string Summary => "Kafka away from the start until half of the events wait"
        + (atLeast > TimeSpan.Zero ? $", at least {atLeast.TotalSeconds} s" : "");

    public DeliverySetup Setup { get; } = new() { Path = DeliveryPath.OwnKafka, KafkaStartsDown = true };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        Task longEnough = atLeast > TimeSpan.Zero ? Task.Delay(atLeast, TimeProvider.System, cancellation) : Task.CompletedTask;
        rig.Gate.Open(0.5);
        await rig.AcknowledgedAsync(rig.Events / 4, cancellation);
        await longEnough;
        if (rig.Stored > 0)
        {
            throw new InvalidOperationException("Events are stored although Kafka is away.");
        }

        await rig.Kafka.RunAgainAsync(cancellation);
    }
}
