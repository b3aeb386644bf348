using System.Net;
using System.Net.Sockets;

namespace Sensing.Testing;

/// <summary>A TCP proxy on loopback that a test lets lose, delay, freeze or cut what goes through it.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    /// <summary>Sees each piece of data on its way. What it returns goes on; null cuts the connection.</summary>
    /// <param name="upstream">True: from the client to the server.</param>
    /// <param name="data">As it came from the socket.</param>
    /// <param name="cancellation">The connection ends.</param>
    public delegate ValueTask<ReadOnlyMemory<byte>?> Interceptor(bool upstream, ReadOnlyMemory<byte> data, CancellationToken cancellation);

    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Lock _lock = new();
    private readonly List<CancellationTokenSource> _connections = [];
    private readonly Task _accepting;
    private TaskCompletionSource _thawed = Completed();
    private int _accepted;

    /// <param name="target">Port on loopback that the proxy stands for.</param>
    /// <param name="listener">Where it listens; absent: on loopback.</param>
    public FaultProxy(int target, Socket? listener = null)
    {
        _target = target;
        _listener = listener ?? Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>None: everything goes through unchanged.</summary>
    public Interceptor? Intercept { get; set; }

    /// <summary>True: a new connection is accepted and closed at once, as by a host without the service.</summary>
    public bool Refuses { get; set; }

    /// <summary>Connections stay open, and nothing goes through any more.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            _thawed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Thaw()
    {
        lock (_lock)
        {
            _thawed.TrySetResult();
        }
    }

    /// <summary>Cuts every connection that is open, without a word.</summary>
    public void Cut()
    {
        CancellationTokenSource[] open;
        lock (_lock)
        {
            open = [.. _connections];
        }

        foreach (CancellationTokenSource connection in open)
        {
            try
            {
                connection.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended by itself meanwhile.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Thaw();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var pumps = new List<Task>();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptAsync(_end.Token);
                Interlocked.Increment(ref _accepted);
                if (Refuses)
                {
                    client.Close(0);
                    continue;
                }

                pumps.Add(RelayAsync(client));
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException)
            {
                // Who wanted in has gone already.
            }
        }

        await Task.WhenAll(pumps);
    }

    private async Task RelayAsync(Socket client)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        lock (_lock)
        {
            _connections.Add(cut);
        }

        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, cut.Token);
            await Task.WhenAny(PumpAsync(client, server, upstream: true, cut.Token), PumpAsync(server, client, upstream: false, cut.Token));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The server is not there, or the test has cut the connection.
        }
        finally
        {
            lock (_lock)
            {
                _connections.Remove(cut);
            }

            await cut.CancelAsync();

            // Closed with a reset: what was on its way is gone, as when a cable is pulled.
            client.Close(0);
            server.Close(0);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool upstream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellation) is > 0 and int count)
            {
                Task thawed;
                lock (_lock)
                {
                    thawed = _thawed.Task;
                }

                await thawed.WaitAsync(cancellation);
                ReadOnlyMemory<byte>? data = buffer.AsMemory(0, count);
                if (Intercept is { } intercept)
                {
                    data = await intercept(upstream, data.Value, cancellation);
                }

                if (data is not { } passed)
                {
                    return;
                }

                while (passed.Length > 0)
                {
                    passed = passed[await to.SendAsync(passed, cancellation)..];
                }
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone.
        }
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
