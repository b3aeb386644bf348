using System.Net;
using System.Net.Sockets;

namespace Sensing.Standalone.Hosting;

/// <summary>Whether a TCP port of 127.0.0.1 can be had.</summary>
internal static class FreePort
{
    /// <summary><paramref name="wanted"/> where it is free, else 0: any free one. A broker of the system often has 1883.</summary>
    public static int OrAny(int wanted)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
            return wanted;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
