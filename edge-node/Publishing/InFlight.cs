using MQTTnet;
using Sensing.EdgeNode.Outbox;

namespace Sensing.EdgeNode.Publishing;

/// <summary>A message that was sent and whose answer has not been looked at.</summary>
/// <param name="Entry">The event; null for a status.</param>
/// <param name="Answer">PUBACK, or the loss of the connection.</param>
internal sealed record InFlight(OutboxEntry? Entry, Task<MqttClientPublishResult> Answer);
