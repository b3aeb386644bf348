using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Sensing.Das.Sources.Live;
using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>An OptoDAS interrogator's live stream over ZeroMQ.</summary>
/// <remarks>
/// A sensor does not wait, nor does it keep what was sent while nobody listened: opened after a position, the stream goes on
/// with the present, and what lies between is a gap. An interrogator that is away is told once and waited for; the connection
/// comes back by itself. Nothing else is yielded then, so that a watchdog sees that no data move.
/// </remarks>
public sealed class OptoDasZmqSource(OptoDasZmqSourceOptions options, StreamContext context) : ISource<DasBlock>
{
    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public async IAsyncEnumerable<SourceItem<DasBlock>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var decoder = new OptoDasDecoder(options, after is { } saved ? LivePosition.Parse(saved) : LivePosition.Beginning);
        IPEndPoint? peer = null;
        while (peer is null)
        {
            (peer, string? problem) = await ResolveAsync(cancellation).ConfigureAwait(false);
            if (peer is null)
            {
                decoder.TellAway(context.Time.GetUtcNow(), problem!, "Check the endpoint's name, and the network.");
                while (decoder.TryNext(out SourceItem<DasBlock>? item))
                {
                    yield return item;
                }

                await Task.Delay(TimeSpan.FromSeconds(options.AwaySeconds), context.Time, cancellation).ConfigureAwait(false);
            }
        }

        using var subscription = new ZmqSubscription(peer, options.BufferedMessages);
        long dataAt = context.Time.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (decoder.TryNext(out SourceItem<DasBlock>? item))
            {
                yield return item;
            }
            else if (subscription.TryTake(out byte[]? message))
            {
                dataAt = decoder.Take(message) ? context.Time.GetTimestamp() : dataAt;
            }
            else if (!await subscription.WaitAsync(UntilAway(decoder.Position.Away, dataAt), context.Time, cancellation).ConfigureAwait(false))
            {
                TellAway(decoder, subscription.Connected);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TimeSpan UntilAway(bool told, long dataAt)
    {
        TimeSpan left = TimeSpan.FromSeconds(options.AwaySeconds) - context.Time.GetElapsedTime(dataAt);
        return told ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void TellAway(OptoDasDecoder decoder, bool connected)
    {
        (string problem, string remedy) = connected
            ? (decoder.HasHeader ? "the connection stands, but nothing is sent" : "the connection stands, but no header that tells how to read data has come",
                "See whether the interrogator is recording and its data stream is switched on.")
            : ("nothing answers there", "See whether the interrogator runs, and check the endpoint and the network.");
        decoder.TellAway(context.Time.GetUtcNow(), problem, remedy);
    }

    private async Task<(IPEndPoint? Peer, string? Problem)> ResolveAsync(CancellationToken cancellation)
    {
        ZmqEndpoint endpoint = ZmqEndpoint.Parse(options.Endpoint) ?? throw new SourceException(
            options.Endpoint, null, "This is no tcp://host:port.", "Correct the option 'endpoint'.");
        try
        {
            return (await endpoint.ResolveAsync(cancellation).ConfigureAwait(false), null);
        }
        catch (SocketException error)
        {
            return (null, $"the name '{endpoint.Host}' leads to no address ({error.Message})");
        }
    }
}
