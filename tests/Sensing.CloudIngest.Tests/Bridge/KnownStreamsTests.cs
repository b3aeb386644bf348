using CsCheck;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Formatter.V5;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Bridge;

/// <summary>The quick way of reading packets against the general one: MQTTnet's decoder and <see cref="MessageReader"/>.</summary>
public class KnownStreamsTests
{
    private const byte Header = 0x32;

    private static readonly SensorEvent Vehicle = Sample.Vehicle(Sample.Noon.AddTicks(1_234_000), "a");

    [Fact]
    public void An_event_of_a_known_topic_is_read_as_the_general_way_reads_it()
    {
        byte[] body = Body(Mqtt.Message(Vehicle, Sample.Noon.AddSeconds(1)), 4711);

        Assert.True(Knowing().TryRead(body, Sample.Noon, out EventRecord? record, out ushort identifier));

        Assert.Equal(new EventRecord(Vehicle, Sample.Noon.AddSeconds(1), Sample.Noon), record);
        Assert.Equal(General(body), record);
        Assert.Equal(4711, identifier);
    }

    [Fact]
    public void A_topic_that_is_not_known_is_left_to_the_general_way()
    {
        Assert.False(new KnownStreams(Sample.Reader.Events).TryRead(Body(Mqtt.Message(Vehicle)), Sample.Noon, out _, out _));
        Assert.False(Knowing().TryRead(Body(Mqtt.Message(Sample.Vehicle(Sample.Noon, stream: new StreamAddress("tunnel", "cabinet-1", "fibre-b")))), Sample.Noon, out _, out _));
    }

    /// <summary>Bytes of every part of the packet are changed: lengths, names, attributes, payload.</summary>
    [Fact]
    public void Whatever_it_reads_of_a_changed_packet_the_general_way_reads_the_same()
    {
        byte[] plain = Body(Mqtt.Message(Vehicle, Sample.Noon.AddSeconds(1)));
        KnownStreams streams = Knowing();
        int read = 0;
        Gen.Select(Gen.Int[0, plain.Length - 1], Gen.OneOf(Gen.Byte, Gen.Char["0123456789Zz.:-+ \"{}[],/"].Select(character => (byte)character))).Array[1, 3].Sample(
            changes =>
            {
                byte[] body = [.. plain];
                foreach ((int position, byte value) in changes)
                {
                    body[position] = value;
                }

                EventRecord? record;
                lock (streams)
                {
                    if (!streams.TryRead(body, Sample.Noon, out record, out _))
                    {
                        return;
                    }
                }

                Interlocked.Increment(ref read);
                Assert.Equal(General(body), record);
            },
            iter: 50_000);
        Assert.True(read > 1000, $"Only {read} changed packets were read: nothing was compared.");
    }

    [Theory]
    [InlineData("id", "")]
    [InlineData("id", "é")]
    [InlineData("source", "/sites/tunnel/nodes/cabinet-1/streams/fibre-b")]
    [InlineData("type", "sensing.das.vehicle.v2")]
    [InlineData("time", "2026-01-02T12:00:00+01:00")]
    [InlineData("sensingcommitted", "yesterday")]
    [InlineData("specversion", "0.3")]
    public void What_is_unusual_is_left_to_the_general_way(string name, string value)
    {
        MqttApplicationMessage message = Mqtt.Message(Vehicle, Sample.Noon);
        message.UserProperties.RemoveAll(property => property.Name == name);
        message.UserProperties.Add(new MqttUserProperty(name, System.Text.Encoding.UTF8.GetBytes(value).AsMemory()));

        Assert.False(Knowing().TryRead(Body(message), Sample.Noon, out _, out _));
    }

    [Fact]
    public void An_attribute_that_comes_twice_is_left_to_the_general_way()
    {
        MqttApplicationMessage message = Mqtt.Message(Vehicle);
        message.UserProperties.Add(new MqttUserProperty("id", "another"u8.ToArray().AsMemory()));

        Assert.False(Knowing().TryRead(Body(message), Sample.Noon, out _, out _));
    }

    [Fact]
    public void More_topics_than_it_holds_are_learnt_anew()
    {
        KnownStreams streams = Knowing();
        for (int i = 0; i < KnownStreams.MaxTopics; i++)
        {
            streams.Learn(new EventRecord(Sample.Vehicle(Sample.Noon, stream: new StreamAddress("tunnel", "cabinet-1", $"s{i}")), null, Sample.Noon));
        }

        byte[] body = Body(Mqtt.Message(Vehicle));
        Assert.False(streams.TryRead(body, Sample.Noon, out _, out _));
        streams.Learn(new EventRecord(Vehicle, null, Sample.Noon));
        Assert.True(streams.TryRead(body, Sample.Noon, out _, out _));
    }

    private static KnownStreams Knowing()
    {
        var streams = new KnownStreams(Sample.Reader.Events);
        streams.Learn(new EventRecord(Vehicle, null, Sample.Noon));
        return streams;
    }

    private static byte[] Body(MqttApplicationMessage message, ushort identifier = 1)
    {
        byte[] packet = new MqttV5PacketEncoder(new MqttBufferWriter(4096, 65_535)).Encode(new MqttPublishPacket
        {
            Topic = message.Topic,
            Payload = message.Payload,
            ContentType = message.ContentType,
            UserProperties = message.UserProperties,
            SubscriptionIdentifiers = [1],
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            PacketIdentifier = identifier,
        }).ToArray();
        int begin = 1;
        while ((packet[begin++] & 0x80) != 0)
        {
            // The remaining length ends with the first byte below 128.
        }

        Assert.Equal(Header, packet[0]);
        return packet[begin..];
    }

    private static LogRecord General(byte[] body)
    {
        var publish = (MqttPublishPacket)new MqttV5PacketDecoder().Decode(new ReceivedMqttPacket(Header, new ArraySegment<byte>(body), body.Length + 2));
        return Sample.Reader.Read(MqttProperties.Message(publish.Topic, publish.Payload, publish.ContentType, publish.UserProperties), Sample.Noon);
    }
}
