namespace Sensing.CloudIngest.Log;

/// <summary>A message that is no valid event: kept with the reason and its original bytes, and acknowledged, so that what follows flows on.</summary>
/// <param name="Topic">MQTT topic.</param>
/// <param name="Properties">Its user properties, a JSON object of text.</param>
/// <param name="Payload">Its original bytes.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Arrival">When it came in.</param>
public sealed record DeadLetterRecord(string Topic, string Properties, ReadOnlyMemory<byte> Payload, string Reason, DateTimeOffset Arrival)
    : LogRecord(Arrival)
{
    /// <summary>What is wrong with it, in a word.</summary>
    public DeadLetterKind Kind { get; init; } = DeadLetterKind.Other;

    public override int Size => Payload.Length + Topic.Length + Properties.Length + 256;
}
