using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetMQ;
using NetMQ.Sockets;

namespace Sensing.Testing;

/// <summary>The live stream of an OptoDAS interrogator: an XPUB socket on loopback whose welcome message is the header.</summary>
/// <remarks>One thread at a time, as the socket's owner. A subscriber is let in while <see cref="SubscribedAsync"/> runs.</remarks>
public sealed class OptoDasInterrogator : IDisposable
{
    private readonly XPublisherSocket _socket = new();

    /// <param name="header">Sent to whoever subscribes; null: none.</param>
    /// <param name="port">0: any that is free.</param>
    public OptoDasInterrogator(string? header, int port = 0)
    {
        _socket.Options.XPubVerbose = true;
        _socket.Options.SendHighWatermark = 0;
        _socket.Options.Linger = TimeSpan.Zero;
        if (header is not null)
        {
            _socket.SetWelcomeMessage(header);
        }

        if (port == 0)
        {
            port = _socket.BindRandomPort("tcp://127.0.0.1");
        }
        else
        {
            _socket.Bind($"tcp://127.0.0.1:{port}");
        }

        Port = port;
    }

    public int Port { get; }

    public string Endpoint => $"tcp://127.0.0.1:{Port}";

    /// <summary>A header as the instrument writes it, one region of interest with every channel.</summary>
    public static string Header(int channels, int packages, string type = "float", double dt = 0.02, string dtUnit = "s", double dx = 4, int firstChannel = 0)
    {
        int bytes = type switch { "short" => 2, "int" or "float" => 4, _ => 8 };
        return FormattableString.Invariant($$"""
            {"bytesPerPackage":{{bytes * channels}},"nPackagesPerMessage":{{packages}},"nChannels":{{channels}},"dataType":"{{type}}",
            "dx":{{dx}},"dt":{{dt}},"dtUnit":"{{dtUnit}}","dxUnit":"m",
            "roiTable":[{"roiStart":{{firstChannel}},"roiEnd":{{firstChannel + channels - 1}},"roiDec":1}]}
            """);
    }

    /// <summary>Waits until a subscriber is there; it has the header then, and gets all that is sent from now on.</summary>
    public Task SubscribedAsync(CancellationToken cancellation) => Task.Run(
        () =>
        {
            // The socket's thread must serve it for a subscriber to be let in.
            byte[]? frame;
            while (!_socket.TryReceiveFrameBytes(TimeSpan.FromMilliseconds(20), out frame) || frame is not [1, ..])
            {
                cancellation.ThrowIfCancellationRequested();
            }
        },
        cancellation);

    public void Welcome(string header) => _socket.SetWelcomeMessage(header);

    public void Send(string text) => _socket.SendFrame(text);

    public void Send(byte[] message) => _socket.SendFrame(message);

    /// <summary>Sends a data message.</summary>
    /// <param name="time">Time of its first sample.</param>
    /// <param name="values">Samples, [time][channel].</param>
    public void Send<T>(DateTimeOffset time, T[] values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> samples = MemoryMarshal.AsBytes<T>(values);
        byte[] message = new byte[8 + samples.Length];
        BinaryPrimitives.WriteInt64LittleEndian(message, (time - DateTimeOffset.UnixEpoch).Ticks * 100);
        samples.CopyTo(message.AsSpan(8));
        _socket.SendFrame(message);
    }

    public void Dispose() => _socket.Dispose();
}
