using System.Net.Sockets;
using Sensing.Effects;
using Sensing.Marine.Events;

namespace Sensing.Marine.SignalK;

/// <summary>Sends deltas as datagrams: a Signal K server takes one in each.</summary>
internal sealed class SignalKSender(SignalKOptions options) : IDisposable
{
    private readonly UdpClient _client = new();

    /// <summary>The pipeline does not wait for the network.</summary>
    public static Effect<SignalKDatagrams, SignalKSent> Effect { get; } = new("marine.signal-k", MarineEventJson.Default.SignalKSent);

    /// <summary>Handlers of the pipeline's effects; none without the output.</summary>
    public static EffectHandlers Handlers(MarineOptions marine)
    {
        if (marine.SignalK is not { } options)
        {
            return EffectHandlers.None;
        }

        var sender = new SignalKSender(options);
        return new EffectHandlers().Add(Effect, sender.SendAsync, owner: sender);
    }

    public void Dispose() => _client.Dispose();

    private async Task<SignalKSent> SendAsync(SignalKDatagrams request, CancellationToken cancellation)
    {
        foreach (byte[] datagram in request.Datagrams)
        {
            await _client.SendAsync(datagram, options.Host, options.Port, cancellation).ConfigureAwait(false);
        }

        return new SignalKSent(request.Datagrams.Count);
    }
}
