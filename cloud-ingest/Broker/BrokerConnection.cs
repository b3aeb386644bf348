using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Sensing.CloudIngest.Broker;

/// <summary>One client's connection: packets to and from bytes. What a publish means to the store is in the other half of this class.</summary>
/// <remarks>MQTTnet's own adapter reads a packet of any announced size into memory and writes each packet by itself. This one refuses
/// packets above the limit and sends the acknowledgements of one commit together.</remarks>
internal sealed partial class BrokerConnection : IMqttChannelAdapter
{
    /// <summary>Largest CONNECT, bytes: credentials and a last will. Strangers get no more memory than that.</summary>
    internal const int MaxConnectBytes = 32 * 1024;

    /// <summary>A larger packet has its memory set apart before it is read.</summary>
    private const int BufferBytes = 64 * 1024;

    private const int ConnectKind = 1;

    /// <summary>Bytes a second: what a line must carry for a large packet to arrive.</summary>
    private const double SlowestLine = 16 * 1024;

    /// <summary>How long a packet may be under way, beside the time that its bytes need.</summary>
    private static readonly TimeSpan PartialTime = TimeSpan.FromSeconds(20);

    private readonly Stream _stream;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly BrokerContext _context;
    private int _announced;
    private bool _isAccepted;
    private long _received;
    private long _sent;
    private int _disposed;

    public BrokerConnection(Stream stream, EndPoint local, EndPoint remote, X509Certificate2? certificate, BrokerContext context)
    {
        _stream = stream;
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        _context = context;
        _slots = new SemaphoreSlim(context.Options.ReceiveMaximum);
        LocalEndPoint = local;
        RemoteEndPoint = remote;
        ClientCertificate = certificate;
        PacketFormatterAdapter = new MqttPacketFormatterAdapter(new MqttBufferWriter(4096, 65535));
    }

    public long BytesReceived => Interlocked.Read(ref _received);

    public long BytesSent => Interlocked.Read(ref _sent);

    public X509Certificate2? ClientCertificate { get; }

    public EndPoint RemoteEndPoint { get; }

    public EndPoint LocalEndPoint { get; }

    public bool IsSecureConnection => _stream is System.Net.Security.SslStream;

    public MqttPacketFormatterAdapter PacketFormatterAdapter { get; }

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _stream.Close();
        return Task.CompletedTask;
    }

    public void ResetStatistics()
    {
        Interlocked.Exchange(ref _received, 0);
        Interlocked.Exchange(ref _sent, 0);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _acknowledgements.Writer.TryComplete();
            _stream.Dispose();
        }
    }

    /// <summary>The next packet; null where the peer has closed.</summary>
    /// <remarks>A packet of which a part has come is waited for as long as a slow line needs, and no longer. What is larger than a buffer has
    /// its memory set apart before it is read.</remarks>
    /// <exception cref="MqttProtocolViolationException">The bytes are no MQTT, a packet is above the limit or does not come.</exception>
    private async Task<MqttPacket?> ReadPacketAsync(CancellationToken cancellation)
    {
        CancellationTokenSource? deadline = null;
        long taken = 0;
        try
        {
            while (true)
            {
                ReadResult result = await _input.ReadAsync(deadline?.Token ?? cancellation).ConfigureAwait(false);
                if (TryFrame(result.Buffer, out ReceivedMqttPacket frame, out SequencePosition end))
                {
                    _input.AdvanceTo(end);
                    Interlocked.Add(ref _received, frame.TotalLength);
                    if (PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.Unknown)
                    {
                        PacketFormatterAdapter.DetectProtocolVersion(frame);
                    }

                    return PacketFormatterAdapter.Decode(frame) ?? throw new MqttProtocolViolationException("The packet is malformed.");
                }

                if (result.IsCompleted)
                {
                    return null;
                }

                _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (result.Buffer.IsEmpty)
                {
                    continue;
                }

                if (deadline is null)
                {
                    deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                    deadline.CancelAfter(PartialTime);
                }

                if (_announced > BufferBytes && taken == 0)
                {
                    await _context.Partial.TakeAsync(_announced, deadline.Token).ConfigureAwait(false);
                    taken = _announced;
                    deadline.CancelAfter(PartialTime + TimeSpan.FromSeconds(_announced / SlowestLine));
                }
            }
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !cancellation.IsCancellationRequested)
        {
            throw new MqttProtocolViolationException("A packet was begun and has not come to its end.");
        }
        finally
        {
            deadline?.Dispose();
            if (taken > 0)
            {
                _context.Partial.Return(taken);
            }
        }
    }

    private bool TryFrame(ReadOnlySequence<byte> buffer, out ReceivedMqttPacket frame, out SequencePosition end)
    {
        frame = default;
        end = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out byte header))
        {
            return false;
        }

        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (shift > 21)
            {
                throw new MqttProtocolViolationException("The length of the packet is malformed.");
            }

            if (!reader.TryRead(out byte digit))
            {
                return false;
            }

            length |= (digit & 0x7f) << shift;
            if ((digit & 0x80) == 0)
            {
                break;
            }
        }

        _announced = length;
        if (!_isAccepted && (header >> 4 != ConnectKind || length > MaxConnectBytes))
        {
            throw new MqttProtocolViolationException($"The first packet is no CONNECT of at most {MaxConnectBytes} bytes.");
        }

        if (length > _context.Limits.MaxPacketBytes)
        {
            throw new MqttProtocolViolationException($"A packet of {length} bytes is above the limit of {_context.Limits.MaxPacketBytes}.");
        }

        if (reader.Remaining < length)
        {
            return false;
        }

        // An array of its own: the payload stays in memory until it is stored.
        byte[] body = buffer.Slice(reader.Position, length).ToArray();
        end = buffer.GetPosition(length, reader.Position);
        frame = new ReceivedMqttPacket(header, new ArraySegment<byte>(body), (int)reader.Consumed + length);
        return true;
    }

    /// <summary>Writes a packet; with <paramref name="more"/> it may wait for the next one.</summary>
    private async Task WritePacketAsync(MqttPacket packet, bool more, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            MqttPacketBuffer bytes = PacketFormatterAdapter.Encode(packet);
            _output.Write(bytes.Packet.AsSpan());
            foreach (ReadOnlyMemory<byte> segment in bytes.Payload)
            {
                _output.Write(segment.Span);
            }

            PacketFormatterAdapter.Cleanup();
            Interlocked.Add(ref _sent, bytes.Length);
            if (!more || _output.UnflushedBytes > 16 * 1024)
            {
                await _output.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new MqttCommunicationException(error);
        }
        finally
        {
            _writing.Release();
        }
    }
}
