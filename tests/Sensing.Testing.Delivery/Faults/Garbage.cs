using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace Sensing.Testing.Delivery.Faults;

/// <summary>Messages that are no events, between the events: bytes without attributes, cut JSON with good attributes, topics of nothing.</summary>
/// <param name="megabytes">Of all of them together.</param>
/// <param name="seed">Of their content.</param>
public sealed class Garbage(int megabytes, int seed) : IDeliveryFault
{
    /// <summary>Below the largest record that Kafka takes by default, 1 MB.</summary>
    private const int Largest = 256 * 1024;

    private const int InFlight = 20;

    public string Name => "garbage";

    public string Summary => $"{megabytes} MB of payloads that are no events";

    public DeliverySetup Setup { get; } = new();

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        var random = new Random(seed);
        using IMqttClient client = await Mqtt.ConnectAsync(rig.MqttPort, cancellation);
        var publishing = new Queue<Task<MqttClientPublishResult>>();
        long bytes = megabytes * 1_000_000L;
        long sent = 0;
        while (sent < bytes || publishing.Count > 0)
        {
            while (publishing.Count > 0 && (publishing.Count >= InFlight || sent >= bytes))
            {
                if ((await publishing.Dequeue()).ReasonCode != MqttClientPublishReasonCode.Success)
                {
                    throw new IOException("The broker did not keep a message.");
                }
            }

            if (sent < bytes)
            {
                byte[] payload = new byte[random.Next(1000, Largest)];
                random.NextBytes(payload);
                publishing.Enqueue(client.PublishAsync(Message(rig, payload), cancellation));
                rig.Garbage++;
                sent += payload.Length;
                rig.Gate.Open((double)sent / bytes);
            }
        }
    }

    private static MqttApplicationMessage Message(DeliveryRig rig, byte[] payload)
    {
        if (rig.Garbage % 3 == 0)
        {
            // The attributes of an event, and data that end in the middle.
            MqttApplicationMessage message = Mqtt.Message(rig.Nodes[0][rig.Garbage % rig.Nodes[0].Count]);
            message.PayloadSegment = Encoding.ASCII.GetBytes("{\"speedKmh\":" + Convert.ToBase64String(payload)[..1000]);
            return message;
        }

        return new MqttApplicationMessageBuilder()
            .WithTopic(rig.Garbage % 3 == 1 ? "sensing/v1/delivery/node-a/fibre-0/das/vehicle" : "sensing/v1/nothing")
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
    }
}
