using MQTTnet;
using Sensing.Events;

namespace Sensing.Testing.Delivery.Faults;

/// <summary>Every event comes one to three times, in another order than it was made.</summary>
/// <remarks>No store can put back an order that it was never told but by the events' own time: the order is checked as queries give it.</remarks>
/// <param name="window">How far an event may be from its place.</param>
/// <param name="seed">Of repeats and order.</param>
public sealed class RepeatedAndReordered(int window, int seed) : IDeliveryFault
{
    private const int InFlight = 100;

    public string Name => "repeated_and_reordered";

    public string Summary => $"each event once to three times, shuffled within {window}; order as queries give it";

    public DeliverySetup Setup { get; } = new() { PublishesInOrder = false, Order = DeliveryOrder.Time };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        var random = new Random(seed);
        using IMqttClient client = await Mqtt.ConnectAsync(rig.MqttPort, cancellation);
        using var places = new SemaphoreSlim(InFlight);
        foreach (SensorEvent[] part in rig.Nodes.SelectMany(node => node.Chunk(window)))
        {
            SensorEvent[] deliveries = [.. part.SelectMany(item => Enumerable.Repeat(item, random.Next(1, 4)))];
            random.Shuffle(deliveries);
            await Task.WhenAll(deliveries.Select(async item =>
            {
                await places.WaitAsync(cancellation);
                try
                {
                    MqttClientPublishResult result = await client.PublishAsync(Mqtt.Message(item), cancellation);
                    if (result.ReasonCode != MqttClientPublishReasonCode.Success)
                    {
                        throw new IOException($"The broker did not keep it ({result.ReasonCode}).");
                    }
                }
                finally
                {
                    places.Release();
                }
            }));
        }
    }
}
