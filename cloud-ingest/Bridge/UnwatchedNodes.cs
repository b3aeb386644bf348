namespace Sensing.CloudIngest.Bridge;

/// <summary>Where this process has no MQTT connection: a node's own word, or its last will, tells whether it is there.</summary>
internal sealed class UnwatchedNodes : INodePresence
{
    public string? Problem => null;

    public bool? IsConnected(string site, string node) => null;
}
