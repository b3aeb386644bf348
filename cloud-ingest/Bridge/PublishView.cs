using System.Buffers.Binary;

namespace Sensing.CloudIngest.Bridge;

/// <summary>What an event needs of an MQTT 5 PUBLISH with QoS 1, found in its bytes without copying or allocating.</summary>
/// <remarks>Only of packets that are plain: each attribute at most once, and no property that means something for the protocol (an alias,
/// an answer's topic). Of any other it says nothing, and a full decoder is needed.</remarks>
internal ref struct PublishView
{
    private const byte FormatIndicator = 0x01;
    private const byte Expiry = 0x02;
    private const byte ContentTypeProperty = 0x03;
    private const byte SubscriptionIdentifier = 0x0b;
    private const byte UserProperty = 0x26;

    public ReadOnlySpan<byte> Topic;
    public ReadOnlySpan<byte> ContentType;
    public ReadOnlySpan<byte> SpecVersion;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Source;
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Committed;

    /// <summary>Of the packet.</summary>
    public ushort Identifier;

    /// <summary>Where the payload begins.</summary>
    public int Payload;

    /// <param name="body">Everything after the fixed header.</param>
    /// <param name="view">What was found.</param>
    /// <returns>False where the packet is not plain, or malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PublishView view)
    {
        view = default;
        int at = 0;
        if (!TryText(body, ref at, out view.Topic) || body.Length - at < 2)
        {
            return false;
        }

        view.Identifier = BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
        at += 2;
        if (!MqttNumber.TryRead(body, ref at, out int length) || body.Length - at < length)
        {
            return false;
        }

        view.Payload = at + length;
        ReadOnlySpan<byte> properties = body[..view.Payload];
        while (at < properties.Length)
        {
            if (!view.TryProperty(properties, ref at))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryProperty(ReadOnlySpan<byte> properties, scoped ref int at)
    {
        switch (properties[at++])
        {
            case FormatIndicator:
                at += 1;
                return at <= properties.Length;
            case Expiry:
                at += 4;
                return at <= properties.Length;
            case SubscriptionIdentifier:
                return MqttNumber.TryRead(properties, ref at, out _);
            case ContentTypeProperty:
                return TryText(properties, ref at, out ReadOnlySpan<byte> contentType) && TryKeep(ref ContentType, contentType);
            case UserProperty:
                return TryText(properties, ref at, out ReadOnlySpan<byte> name) && TryText(properties, ref at, out ReadOnlySpan<byte> value) && TryAttribute(name, value);
            default:
                return false;
        }
    }

    private bool TryAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => TryKeep(ref Id, value),
        4 when name.SequenceEqual("type"u8) => TryKeep(ref Type, value),
        4 when name.SequenceEqual("time"u8) => TryKeep(ref Time, value),
        6 when name.SequenceEqual("source"u8) => TryKeep(ref Source, value),
        11 when name.SequenceEqual("specversion"u8) => TryKeep(ref SpecVersion, value),
        16 when name.SequenceEqual("sensingcommitted"u8) => TryKeep(ref Committed, value),
        _ => true,
    };

    /// <returns>False where there is one already, or this one is empty: too rare to be told apart here.</returns>
    private static bool TryKeep(scoped ref ReadOnlySpan<byte> place, ReadOnlySpan<byte> value)
    {
        bool isFirst = place.IsEmpty && !value.IsEmpty;
        place = value;
        return isFirst;
    }

    private static bool TryText(ReadOnlySpan<byte> bytes, scoped ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (bytes.Length - at < 2)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        at += 2;
        if (bytes.Length - at < length)
        {
            return false;
        }

        text = bytes.Slice(at, length);
        at += length;
        return true;
    }
}
