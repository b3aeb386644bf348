using System.Net;
using System.Net.Sockets;
using MQTTnet.Formatter;
using MQTTnet.Formatter.V5;
using MQTTnet.Packets;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Publishes prepared packets over a socket of its own, many in one write, with a bounded number that is not acknowledged.</summary>
/// <remarks>A client library would take from the two or so processors what the bridge is measured with.</remarks>
public sealed class PacketPublisher : IAsyncDisposable
{
    /// <summary>Packets of one write at most.</summary>
    private const int Chunk = 64;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SemaphoreSlim _window;
    private readonly int _size;
    private Task _reading = Task.CompletedTask;
    private ushort _id = 1;
    private long _acknowledged;

    private PacketPublisher(int window)
    {
        _size = window;
        _window = new SemaphoreSlim(window);
    }

    /// <summary>Publishes that the broker has acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <param name="port">The broker's, on loopback.</param>
    /// <param name="window">Publishes that may wait for their acknowledgement; the broker's own bound must not be smaller.</param>
    /// <param name="cancellation">Of the connect.</param>
    public static async Task<PacketPublisher> ConnectAsync(int port, int window, CancellationToken cancellation)
    {
        var publisher = new PacketPublisher(window);
        await publisher._socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        byte[] connect = new MqttV5PacketEncoder(new MqttBufferWriter(256, 256))
            .Encode(new MqttConnectPacket { ClientId = "speed-publisher", CleanSession = true, KeepAlivePeriod = 3600 }).ToArray();
        await publisher._socket.SendAsync(connect, cancellation);
        publisher._reading = publisher.ReadAsync(cancellation);
        return publisher;
    }

    /// <summary>Sends packets in order; waits while the window is full.</summary>
    /// <exception cref="MeasureException">The broker refuses one or closes the connection.</exception>
    public async Task SendAsync(PublishPackets packets, int from, int count, CancellationToken cancellation)
    {
        while (count > 0)
        {
            int part = 0;
            do
            {
                await WaitAsync(cancellation);
                part++;
            }
            while (part < Math.Min(Chunk, count) && _window.CurrentCount > 0);

            await _socket.SendAsync(packets.Prepare(from, part, _id, TimeProvider.System.GetUtcNow()), cancellation);
            for (int i = 0; i < part; i++)
            {
                _id = PublishPackets.Next(_id);
            }

            from += part;
            count -= part;
        }
    }

    /// <summary>Completes once everything that was sent is acknowledged.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        for (int i = 0; i < _size; i++)
        {
            await WaitAsync(cancellation);
        }

        _window.Release(_size);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _window.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        Task entering = _window.WaitAsync(cancellation);
        if (!entering.IsCompletedSuccessfully)
        {
            // The reader only ends with an error.
            await await Task.WhenAny(entering, _reading);
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        byte[] buffer = new byte[64 * 1024];
        int held = 0;
        while (true)
        {
            int read = await _socket.ReceiveAsync(buffer.AsMemory(held), cancellation);
            if (read == 0)
            {
                throw new MeasureException("Mosquitto closed the publisher's connection.");
            }

            held += read;
            int at = 0;
            int acknowledged = 0;

            // Everything that a broker sends to a publisher is shorter than 128 bytes: one byte of length.
            while (held - at >= 2 && held - at >= 2 + buffer[at + 1])
            {
                acknowledged += Acknowledges(buffer.AsSpan(at, 2 + buffer[at + 1])) ? 1 : 0;
                at += 2 + buffer[at + 1];
            }

            buffer.AsSpan(at, held - at).CopyTo(buffer);
            held -= at;
            if (acknowledged > 0)
            {
                Interlocked.Add(ref _acknowledged, acknowledged);
                _window.Release(acknowledged);
            }
        }
    }

    private static bool Acknowledges(ReadOnlySpan<byte> packet) => (packet[0] >> 4) switch
    {
        // CONNACK: flags, then the reason code.
        2 => packet[3] == 0 ? false : throw new MeasureException($"Mosquitto refuses the publisher (0x{packet[3]:x2})."),

        // PUBACK: identifier, then a reason code where it is not success.
        4 => packet.Length == 4 || packet[4] == 0 ? true
            : throw new MeasureException(packet[4] == 0x10 ? "Mosquitto has no subscriber for an event." : $"Mosquitto refuses an event (0x{packet[4]:x2})."),
        _ => throw new MeasureException($"Mosquitto sent the publisher a packet of type {packet[0] >> 4}."),
    };
}
