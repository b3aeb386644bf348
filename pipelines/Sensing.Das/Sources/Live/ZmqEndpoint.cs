using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sensing.Das.Sources.Live;

/// <summary>A peer as ZeroMQ names it: <c>tcp://host:port</c>.</summary>
internal sealed record ZmqEndpoint(string Host, int Port)
{
    private const string Scheme = "tcp://";

    /// <summary>Reads <c>tcp://host:port</c>; null where it is none.</summary>
    public static ZmqEndpoint? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || colon <= Scheme.Length
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65_535)
        {
            return null;
        }

        string host = text[Scheme.Length..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        host = bracketed ? host[1..^1] : host;
        UriHostNameType kind = Uri.CheckHostName(host);
        return kind == UriHostNameType.Unknown || kind == UriHostNameType.IPv6 != bracketed ? null : new ZmqEndpoint(host, port);
    }

    /// <summary>The address behind the name; IPv4 where it has both, as ZeroMQ's own programs listen.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    public async Task<IPEndPoint> ResolveAsync(CancellationToken cancellation)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(Host, cancellation).ConfigureAwait(false);
        return new IPEndPoint(
            addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault()
            ?? throw new SocketException((int)SocketError.HostNotFound), Port);
    }
}
