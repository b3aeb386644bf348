namespace Sensing.CloudIngest.Bridge;

/// <summary>An MQTT message as it came, of whatever broker.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its payload.</param>
/// <param name="ContentType">Its content type; null where it names none.</param>
/// <param name="Properties">Its user properties, in their order.</param>
public sealed record IncomingMessage(
    string Topic, ReadOnlyMemory<byte> Payload, string? ContentType, IReadOnlyList<KeyValuePair<string, string>> Properties);
