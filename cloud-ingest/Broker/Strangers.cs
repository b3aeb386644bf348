using System.Net;
using System.Net.Sockets;

namespace Sensing.CloudIngest.Broker;

/// <summary>Connections that have not been let in yet. They get a quarter of all connections, and one address a twentieth; where there are more,
/// the one that has hesitated longest goes, so that those who connect and say nothing keep nobody out.</summary>
/// <param name="maxConnections">Connections at a time, of whatever kind.</param>
internal sealed class Strangers(int maxConnections)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(Socket Socket, IPAddress Address)> _waiting = [];
    private readonly int _max = Math.Max(1, maxConnections / 4);
    private readonly int _maxOfAddress = Math.Max(8, maxConnections / 20);
    private readonly HashSet<Socket> _open = [];

    /// <returns>False where all connections are taken by clients that have been let in.</returns>
    public bool TryAdmit(Socket socket)
    {
        IPAddress address;
        try
        {
            address = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        }
        catch (SocketException)
        {
            return false;
        }

        Socket? hesitant = null;
        lock (_lock)
        {
            if (_waiting.Count(one => one.Address.Equals(address)) >= _maxOfAddress)
            {
                hesitant = Remove(_waiting.First(one => one.Address.Equals(address)));
            }
            else if (_waiting.Count >= _max || (_open.Count >= maxConnections && _waiting.Count > 0))
            {
                hesitant = Remove(_waiting.First!.Value);
            }
            else if (_open.Count >= maxConnections)
            {
                return false;
            }

            _open.Add(socket);
            _waiting.AddLast((socket, address));
        }

        hesitant?.Dispose();
        return true;
    }

    /// <summary>A connection has been let in.</summary>
    public void Known(Socket socket)
    {
        lock (_lock)
        {
            Forget(socket);
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Left(Socket socket)
    {
        lock (_lock)
        {
            _open.Remove(socket);
            Forget(socket);
        }
    }

    private Socket Remove((Socket Socket, IPAddress Address) one)
    {
        _waiting.Remove(one);
        _open.Remove(one.Socket);
        return one.Socket;
    }

    private void Forget(Socket socket)
    {
        for (LinkedListNode<(Socket Socket, IPAddress Address)>? node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Socket == socket)
            {
                _waiting.Remove(node);
                return;
            }
        }
    }
}
