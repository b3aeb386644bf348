using System.Net;
using System.Net.Sockets;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Lines in datagrams.</summary>
public sealed class UdpSource(UdpSourceOptions options, StreamContext context) : ISource<NmeaLine>
{
    private readonly LiveLines _lines = new(
        $"udp://{options.Address ?? "*"}:{options.Port}", "Check that the sender is on, and that its port and this one are the same.",
        options.SilenceSeconds, _ => Task.FromResult<Stream>(new DatagramStream(Bind(options))), context.Time);

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(SourcePosition? after, CancellationToken cancellation) => _lines.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Socket Bind(UdpSourceOptions options)
    {
        IPAddress address = Address(options.Address, "address") ?? IPAddress.Any;
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, options.Port));
            if (Address(options.Group, "group") is { } group)
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, address));
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress? Address(string? text, string option) =>
        text is null ? null
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw new SourceException(text, null, $"The option '{option}' is not an IP address.", "Write it as 192.168.1.20.");
}
