using System.Net;
using System.Net.Sockets;

namespace Sensing.Testing;

/// <summary>A free TCP port for a server that cannot choose one itself, or that comes back to the one it had.</summary>
/// <remarks>Below what the system gives to outgoing connections and to servers that ask for any port, so that nobody else takes it before it is
/// used or while its server is away; and never the same one twice.</remarks>
public static class LoopbackPort
{
    private const int First = 10_000;
    private const int Count = 10_000;

    private static int _given;

    public static int Free()
    {
        for (int i = 0; i < Count; i++)
        {
            // Each process begins elsewhere.
            int port = First + (((Environment.ProcessId * 37) + Interlocked.Increment(ref _given)) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free port between {First} and {First + Count - 1}.");
    }

    /// <summary>Whether a server could listen there, on every address.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
