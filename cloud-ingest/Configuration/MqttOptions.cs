using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Where events come from.</summary>
public sealed record MqttOptions
{
    [Option("The MQTT 5 broker inside this process; used where no external one is named.")]
    public EmbeddedBrokerOptions Embedded { get; init; } = new();

    [Option("Another MQTT 5 broker to read from instead. Naming one turns the broker inside this process off.")]
    public ExternalBrokerOptions? External { get; init; }
}
