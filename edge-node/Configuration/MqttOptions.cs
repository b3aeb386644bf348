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

    [Option("User name, where the broker asks for one.")]
    public string? User { get; init; }

    [Option("File that holds the user's password and nothing else; read again for every connection. It should be readable by the node alone.")]
    public string? PasswordFile { get; init; }

    [Option("Client id; fixed, so that the broker knows the session again. None: site.node.", Min = 1, Max = 128)]
    public string? ClientId { get; init; }

    [Option("Most events sent and not yet acknowledged; the broker may ask for fewer (receive maximum).", Min = 1, Max = 65_535)]
    public int MaxInFlight { get; init; } = 256;

    [Option("Keep-alive, s: the broker sends the last will after one and a half times this.", Min = 1, Max = 65_535)]
    public int KeepAliveSeconds { get; init; } = 30;

    [Option("How long the broker keeps the node's session, s.", Min = 0, Max = 4_294_967_295)]
    public long SessionExpirySeconds { get; init; } = 604_800;

    [Option("How long after the connection is lost the broker says 'offline', s: shorter losses go unsaid.", Min = 0, Max = 86_400)]
    public int WillDelaySeconds { get; init; } = 5;

    [Option("A connection that is not up by then is given up, s.", Above = 0, Max = 3600)]
    public double ConnectTimeoutSeconds { get; init; } = 10;

    [Option("Events in flight, yet none acknowledged for this long: the connection is made anew, s.", Above = 0, Max = 3600)]
    public double AckTimeoutSeconds { get; init; } = 30;

    [Option("true: an event that the broker accepts while nobody is subscribed to it stays in the outbox and is tried again: nothing is lost before the first consumer has come or while its session is gone. After each connect one event alone is tried first. A topic that nobody takes while others are taken is not waited for. false: it counts as delivered.")]
    public bool WaitForSubscribers { get; init; } = true;

    [Option("How often the node says how it is, s; also on every connection.", Above = 0, Max = 86_400)]
    public double StatusSeconds { get; init; } = 30;

    [Option("Waiting between tries to connect, and before an event that was refused for now is tried again.")]
    public BackoffOptions Backoff { get; init; } = new();

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (PasswordFile is not null && User is null)
        {
            yield return new ConfigurationProblem("user", "is missing: passwordFile is given");
        }
    }
}
