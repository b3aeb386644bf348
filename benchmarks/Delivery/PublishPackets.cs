using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Formatter.V5;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.Events;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Events as MQTT 5 PUBLISH packets of QoS 1, encoded in advance, so that publishing takes next to nothing from what is measured.</summary>
/// <remarks>Packet identifiers and commit times are written into the packets when they are sent.</remarks>
public sealed class PublishPackets
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly byte[] CommittedName = "sensingcommitted"u8.ToArray();

    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly int[] _ids;
    private readonly int[] _committed;

    /// <param name="events">In the order in which they are sent.</param>
    public PublishPackets(IReadOnlyCollection<SensorEvent> events)
    {
        var all = new ArrayBufferWriter<byte>(events.Count * 768);
        var encoder = new MqttV5PacketEncoder(new MqttBufferWriter(4096, 65_536));
        _ends = new int[events.Count];
        _ids = new int[events.Count];
        _committed = new int[events.Count];
        int number = 0;
        foreach (SensorEvent sensorEvent in events)
        {
            // Seven fractional digits, the last of them not zero: the longest form, which any instant fits into.
            byte[] packet = Encode(encoder, Mqtt.Message(sensorEvent, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1)));
            int topic = 1;
            while ((packet[topic++] & 0x80) != 0)
            {
                // The remaining length ends with the first byte below 128.
            }

            _ids[number] = all.WrittenCount + topic + 2 + BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(topic));
            _committed[number] = all.WrittenCount + packet.AsSpan().IndexOf(CommittedName) + CommittedName.Length + 2;
            all.Write(packet);
            _ends[number++] = all.WrittenCount;
        }

        _bytes = all.WrittenSpan.ToArray();
    }

    public int Count => _ends.Length;

    /// <summary>Mean size of a packet, bytes.</summary>
    public double MeanBytes => (double)_bytes.Length / Count;

    /// <summary>Packets <paramref name="from"/> up to <paramref name="from"/> + <paramref name="count"/>, ready to be sent.</summary>
    /// <param name="from">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="id">Identifier of the first; the others follow.</param>
    /// <param name="committed">When all of them were committed.</param>
    public ReadOnlyMemory<byte> Prepare(int from, int count, ushort id, DateTimeOffset committed)
    {
        Span<char> text = stackalloc char[32];
        committed.UtcDateTime.TryFormat(text, out int length, TimeForm, null);
        for (int i = from; i < from + count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_ids[i]), id);
            Encoding.ASCII.GetBytes(text[..length], _bytes.AsSpan(_committed[i]));
            id = Next(id);
        }

        int begin = from == 0 ? 0 : _ends[from - 1];
        return _bytes.AsMemory(begin, _ends[from + count - 1] - begin);
    }

    /// <summary>The identifier after <paramref name="id"/>; 0 is none.</summary>
    public static ushort Next(ushort id) => id == ushort.MaxValue ? (ushort)1 : (ushort)(id + 1);

    private static byte[] Encode(MqttV5PacketEncoder encoder, MqttApplicationMessage message) => encoder.Encode(new MqttPublishPacket
    {
        Topic = message.Topic,
        Payload = message.Payload,
        ContentType = message.ContentType,
        UserProperties = message.UserProperties,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        PacketIdentifier = 1,
    }).ToArray();
}
