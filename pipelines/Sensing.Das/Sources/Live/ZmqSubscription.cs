using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using NetMQ;
using NetMQ.Monitoring;
using NetMQ.Sockets;

namespace Sensing.Das.Sources.Live;

/// <summary>A SUB socket on a thread of its own: everything that a publisher sends, in order. It connects again by itself.</summary>
/// <remarks>Nothing is dropped here: while nobody takes messages, they wait in the socket, and beyond its bound the publisher drops.</remarks>
internal sealed class ZmqSubscription : IDisposable
{
    /// <summary>Longest message, bytes: memory is bounded even where something else answers at that port.</summary>
    public const int LongestMessage = 64 << 20;

    /// <summary>Messages that are taken before the thread listens again to whoever wants it to stop.</summary>
    private const int AtOnce = 64;

    private readonly SubscriberSocket _socket = new();
    private readonly NetMQMonitor _monitor;
    private readonly NetMQPoller _poller = [];
    private readonly CancellationTokenSource _end = new();

    /// <summary>Hands over one message from thread to thread; the socket holds what waits.</summary>
    private readonly Channel<byte[]> _messages = Channel.CreateBounded<byte[]>(1);
    private Task<bool>? _ready;
    private volatile bool _connected;

    /// <param name="peer">Where the publisher listens; it need not be there yet.</param>
    /// <param name="buffered">Messages that may wait in the socket.</param>
    public ZmqSubscription(IPEndPoint peer, int buffered)
    {
        _socket.Options.ReceiveHighWatermark = buffered;
        _socket.Options.MaxMsgSize = LongestMessage;
        _socket.Options.Linger = TimeSpan.Zero;
        _socket.Options.ReconnectInterval = TimeSpan.FromSeconds(0.1);
        _socket.Options.ReconnectIntervalMax = TimeSpan.FromSeconds(2);
        _socket.Options.IPv4Only = peer.AddressFamily == AddressFamily.InterNetwork;
        _socket.SubscribeToAnyTopic();
        _socket.ReceiveReady += Take;
        _monitor = new NetMQMonitor(_socket, $"inproc://{Guid.NewGuid():N}", SocketEvents.Connected | SocketEvents.Disconnected);
        _monitor.Connected += (_, _) => _connected = true;
        _monitor.Disconnected += (_, _) => _connected = false;
        _monitor.AttachToPoller(_poller);
        _poller.Add(_socket);
        _socket.Connect($"tcp://{peer}");
        _poller.RunAsync("zmq subscription", true);
    }

    /// <summary>Whether somebody has accepted the connection.</summary>
    public bool Connected => _connected;

    /// <summary>Takes the next message, if one is there.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? message) => _messages.Reader.TryRead(out message);

    /// <summary>Waits for a message.</summary>
    /// <returns>False where none has come within <paramref name="most"/>.</returns>
    public async Task<bool> WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        // A wait that was given up is taken up again: nobody but the reader of this stream waits here.
        _ready ??= _messages.Reader.WaitToReadAsync(cancellation).AsTask();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(_ready, Task.Delay(most, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        if (!_ready.IsCompleted)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }

        Task<bool> ready = _ready;
        _ready = null;
        return await ready.ConfigureAwait(false);
    }

    public void Dispose()
    {
        // The thread first: sockets belong to it while it runs.
        _end.Cancel();
        _poller.Stop();
        _monitor.DetachFromPoller();
        _monitor.Dispose();
        _poller.Dispose();
        _socket.Dispose();
        _end.Dispose();
    }

    /// <summary>Runs on the socket's thread, where an exception would end the program.</summary>
    private void Take(object? sender, NetMQSocketEventArgs arguments)
    {
        try
        {
            for (int i = 0; i < AtOnce && arguments.Socket.TryReceiveFrameBytes(out byte[]? message); i++)
            {
                if (!_messages.Writer.TryWrite(message))
                {
                    _messages.Writer.WriteAsync(message, _end.Token).AsTask().GetAwaiter().GetResult();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever took the messages has gone.
        }
        catch (Exception error)
        {
            _messages.Writer.TryComplete(error);
        }
    }
}
