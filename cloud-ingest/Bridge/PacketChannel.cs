using System.Buffers;
using System.Buffers.Binary;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Formatter.V5;
using MQTTnet.Implementations;
using MQTTnet.Packets;

namespace Sensing.CloudIngest.Bridge;

/// <summary>MQTT 5 packets to and from a broker: many in one read of the socket, many in one write.</summary>
/// <remarks>MQTTnet's own adapter reads the socket twice a packet and writes it once a packet, which is most of what a busy bridge does.</remarks>
internal sealed class PacketChannel(MqttClientOptions options, int maxPacketBytes) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly MqttTcpChannel _channel = new(options);
    private readonly MqttV5PacketDecoder _decoder = new();
    private readonly MqttV5PacketEncoder _encoder = new(new MqttBufferWriter(4096, 65_535));
    private readonly SemaphoreSlim _writing = new(1, 1);
    private byte[] _buffer = new byte[BufferBytes];
    private int _begin;
    private int _end;

    public Task ConnectAsync(CancellationToken cancellation) => _channel.ConnectAsync(cancellation);

    /// <summary>The next packet that has come in whole; false where more of it must be read first.</summary>
    /// <exception cref="IOException">The bytes are no MQTT, or the packet is above the limit.</exception>
    public bool TryRead(out ReceivedPacket packet)
    {
        packet = default;
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_begin, _end - _begin);
        int at = 1;
        if (!MqttNumber.TryRead(bytes, ref at, out int length))
        {
            return bytes.Length <= MqttNumber.MaxBytes ? false : throw new IOException("the broker sent a packet whose length is malformed");
        }

        if (length > maxPacketBytes)
        {
            throw new IOException($"the broker sent a packet of {length} bytes, above the limit of {maxPacketBytes}");
        }

        if (bytes.Length - at < length)
        {
            Reserve(at + length);
            return false;
        }

        // An array of its own: the payload stays in memory until it is durable.
        byte[] body = bytes.Slice(at, length).ToArray();
        packet = new ReceivedPacket(bytes[0], body, at + length);
        _begin += at + length;
        return true;
    }

    /// <summary>What a packet says, whatever kind it is of.</summary>
    public MqttPacket Decode(in ReceivedPacket packet) =>
        _decoder.Decode(new ReceivedMqttPacket(packet.Header, new ArraySegment<byte>(packet.Body), packet.Length));

    /// <summary>Reads whatever the socket has, at least a byte.</summary>
    /// <returns>False where the broker has closed the connection.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (_begin == _end)
        {
            _begin = _end = 0;
            if (_buffer.Length > BufferBytes)
            {
                // One large packet does not keep its room for good.
                _buffer = new byte[BufferBytes];
            }
        }
        else if (_end == _buffer.Length)
        {
            Reserve(_end - _begin + 1);
        }

        int read = await _channel.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellation).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    public async Task WriteAsync(MqttPacket packet, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // A copy: the encoder's buffer is used again.
            byte[] bytes = _encoder.Encode(packet).ToArray();
            await _channel.WriteAsync(new ReadOnlySequence<byte>(bytes), true, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends PUBACKs with success for <paramref name="identifiers"/>, in their order, in one write.</summary>
    public async Task AcknowledgeAsync(List<ushort> identifiers, CancellationToken cancellation)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(identifiers.Count * 4);
        for (int i = 0; i < identifiers.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 4), 0x4002);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan((i * 4) + 2), identifiers[i]);
        }

        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _channel.WriteAsync(new ReadOnlySequence<byte>(bytes, 0, identifiers.Count * 4), true, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>Makes room for <paramref name="size"/> bytes from the first unread one on.</summary>
    private void Reserve(int size)
    {
        if (_buffer.Length - _begin >= size)
        {
            return;
        }

        byte[] buffer = _buffer.Length >= size ? _buffer : new byte[Math.Max(size, 2 * BufferBytes)];
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(buffer);
        (_buffer, _begin, _end) = (buffer, 0, _end - _begin);
    }
}
