using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>The broker and how to speak with it.</summary>
public sealed record MqttOptions : ICheckedOptions
{
    [Option("Name or address of the MQTT 5 broker.", Min = 1)]
    public string Host { get; init; } = "localhost";

    [Option("Its port; usually 1883, with TLS 8883.", Min = 1, Max = 65_535)]
    public int Port { get; init; } = 1883;

    [Option("Encryption and certificates.")]
    public TlsOptions Tls { get; init; } = new();

    [Option("User name, if the broker requires one.")]
    public string? User { get; init; }

    [Option("File that contains only the user's password; read for every connection. Only the node should be able to read it.")]
    public string? PasswordFile { get; init; }

    [Option("Client id; must stay the same, so that the broker recognises the session. Default: site.node.", Min = 1, Max = 128)]
    public string? ClientId { get; init; }

    [Option("Maximum events sent and not yet acknowledged; the broker may require fewer (receive maximum).", Min = 1, Max = 65_535)]
    public int MaxInFlight { get; init; } = 256;

    [Option("Keep-alive, s: the broker sends the last will after one and a half times this.", Min = 1, Max = 65_535)]
    public int KeepAliveSeconds { get; init; } = 30;

    [Option("How long the broker keeps the node's session, s.", Min = 0, Max = 4_294_967_295)]
    public long SessionExpirySeconds { get; init; } = 604_800;

    [Option("Delay between the loss of the connection and the status 'offline', s: shorter losses are not reported.", Min = 0, Max = 86_400)]
    public int WillDelaySeconds { get; init; } = 5;

    [Option("Timeout for establishing a connection, s.", Above = 0, Max = 3600)]
    public double ConnectTimeoutSeconds { get; init; } = 10;

    [Option("The node reconnects if events are in flight and none is acknowledged for this long, s.", Above = 0, Max = 3600)]
    public double AckTimeoutSeconds { get; init; } = 30;

    [Option("true: an event that the broker accepts while it has no subscriber stays in the outbox and is retried, so nothing is lost before the first consumer subscribes or while its session is gone. After each connect, one event is tried alone first. A topic without subscribers does not hold up the others. false: it counts as delivered.")]
    public bool WaitForSubscribers { get; init; } = true;

    [Option("Interval between status messages, s; one is also sent on every connection.", Above = 0, Max = 86_400)]
    public double StatusSeconds { get; init; } = 30;

    [Option("Back-off between connection attempts, and before an event that was refused temporarily is retried.")]
    public BackoffOptions Backoff { get; init; } = new();

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (PasswordFile is not null && User is null)
        {
            yield return new ConfigurationProblem("user", "is missing: passwordFile is given");
        }
    }
}
