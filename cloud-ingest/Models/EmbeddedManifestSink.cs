using Sensing.CloudIngest.Broker;

namespace Sensing.CloudIngest.Models;

/// <summary>The broker inside this process.</summary>
internal sealed class EmbeddedManifestSink(EmbeddedBroker broker) : IManifestSink
{
    public async Task RetainAsync(IReadOnlyDictionary<string, byte[]> messages, CancellationToken cancellation)
    {
        foreach ((string topic, byte[] payload) in messages)
        {
            await broker.RetainAsync(topic, payload, cancellation).ConfigureAwait(false);
        }
    }
}
