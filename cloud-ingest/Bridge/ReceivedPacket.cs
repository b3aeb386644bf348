namespace Sensing.CloudIngest.Bridge;

/// <summary>One MQTT packet as it came.</summary>
/// <param name="Header">First byte: kind and flags.</param>
/// <param name="Body">Everything after the fixed header, in an array of its own.</param>
/// <param name="Length">Of the whole packet, bytes.</param>
internal readonly record struct ReceivedPacket(byte Header, byte[] Body, int Length)
{
    private const int Publish = 0x30;
    private const int KindAndQualityOfService = 0xf6;

    /// <summary>Whether it is a PUBLISH with QoS 1, sent for the first time or again, retained or not.</summary>
    public bool IsPublishOfQos1 => (Header & KindAndQualityOfService) == (Publish | 0x02);
}
