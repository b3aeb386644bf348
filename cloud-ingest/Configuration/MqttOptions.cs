using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Where events come from.</summary>
public sealed record MqttOptions
{
    [Option("The embedded MQTT 5 broker; used unless an external one is configured.")]
    public EmbeddedBrokerOptions Embedded { get; init; } = new();

    [Option("An external MQTT 5 broker to read from. It replaces the embedded broker.")]
    public ExternalBrokerOptions? External { get; init; }
}
