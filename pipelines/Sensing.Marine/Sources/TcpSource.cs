using System.Net.Sockets;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Lines of a server over TCP.</summary>
public sealed class TcpSource(TcpSourceOptions options, StreamContext context) : ISource<NmeaLine>
{
    private readonly LiveLines _lines = new(
        $"tcp://{options.Host}:{options.Port}", "Check that the server runs and that the network reaches it: nc HOST PORT shows its lines.",
        options.SilenceSeconds, cancellation => ConnectAsync(options, cancellation), context.Time);

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(SourcePosition? after, CancellationToken cancellation) => _lines.ReadAsync(after, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<Stream> ConnectAsync(TcpSourceOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
