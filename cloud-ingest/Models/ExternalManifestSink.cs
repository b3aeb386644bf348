using Sensing.CloudIngest.Bridge;

namespace Sensing.CloudIngest.Models;

/// <summary>Another broker, through the bridge's connection. Its user must be allowed to publish below <see cref="ModelTopics.Prefix"/>.</summary>
internal sealed class ExternalManifestSink(ExternalBridge bridge) : IManifestSink
{
    public async Task RetainAsync(IReadOnlyDictionary<string, byte[]> messages, CancellationToken cancellation)
    {
        foreach ((string topic, byte[] payload) in messages)
        {
            await bridge.RetainAsync(topic, payload, cancellation).ConfigureAwait(false);
        }
    }
}
