using System.Net;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>The MQTT 5 broker inside this process.</summary>
public sealed record EmbeddedBrokerOptions : ICheckedOptions
{
    [Option("IP address to listen on. An address beyond loopback requires passwordFile, tls with clientCaFile, or allowAnonymous.")]
    public string Address { get; init; } = "127.0.0.1";

    [Option("TCP port; 0 selects a free one.", Min = 0, Max = 65535)]
    public int Port { get; init; } = 1883;

    [Option("Certificate for TLS; without it, plain TCP.")]
    public ServerTlsOptions? Tls { get; init; }

    [Option("File of users and hashed passwords, in the format of mosquitto_passwd (PBKDF2, $7$). Reloaded when it changes. With it, a client must log in and may publish only below sensing/v1/{site}/{node}/, where its user name is {node} or {site}/{node}.")]
    public string? PasswordFile { get; init; }

    [Option("Users that may subscribe to everything and publish nothing: monitors, other bridges.")]
    public string[] Observers { get; init; } = [];

    [Option("Topic filters that every node may subscribe to besides its own events, as sensing/v1/+/+/+/PIPELINE/FACT: for nodes whose streams read streams of other nodes.")]
    public string[] NodesMayRead { get; init; } = [];

    [Option("Allows clients without credentials although the address is not loopback.")]
    public bool AllowAnonymous { get; init; }

    [Option("Maximum concurrent connections; further ones are closed immediately.", Min = 1, Max = 100_000)]
    public int MaxConnections { get; init; } = 1000;

    [Option("Maximum unacknowledged publishes of a client. Announced when it connects; a client that sends more is not read until some are stored.", Min = 1, Max = 65535)]
    public int ReceiveMaximum { get; init; } = 1000;

    [Option("Maximum connections of one user or certificate at a time; further ones are refused. Only where clients must say who they are.", Min = 1, Max = 100_000)]
    public int MaxConnectionsPerUser { get; init; } = 20;

    [Option("Maximum messages that wait for one subscriber of this broker, or that it has not acknowledged; beyond it, further ones are not sent to it. A new subscriber gets the status of all nodes at once: less than store.maxNodes cuts them short. The store is not a subscriber and loses nothing.", Min = 1, Max = 1_000_000)]
    public int MaxQueuedPerSubscriber { get; init; } = 10_000;

    [Option("Maximum bytes that wait for one subscriber, as maxQueuedPerSubscriber.", Min = 64 * 1024)]
    public long MaxQueuedBytesPerSubscriber { get; init; } = 8 * 1024 * 1024;

    [Option("Maximum bytes that wait for all subscribers together. When they are taken, each subscriber still has its share.", Min = 1024 * 1024)]
    public long MaxQueuedBytes { get; init; } = 64 * 1024 * 1024;

    [Option("Maximum sessions, connected or kept for clients that are away. Beyond it, the oldest of the user that has most of those kept is deleted.", Min = 1, Max = 1_000_000)]
    public int MaxSessions { get; init; } = 2000;

    [Option("Maximum sessions of one user or certificate, as maxSessions.", Min = 1, Max = 1_000_000)]
    public int MaxSessionsPerUser { get; init; } = 20;

    [Option("Longest time a session is kept for a client that is away, s; a client that asks for more gets this value in the CONNACK packet.", Min = 1, Max = 2_592_000)]
    public int MaxSessionExpirySeconds { get; init; } = 86_400;

    /// <summary>Whether clients must say who they are.</summary>
    public bool RequiresIdentity => PasswordFile is not null || Tls?.ClientCaFile is not null;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return new ConfigurationProblem("address", $"'{Address}' is not an IP address: use 127.0.0.1, 0.0.0.0, ::1 or one of this machine's");
        }
        else if (!CloudOptions.IsLoopback(Address) && !RequiresIdentity && !AllowAnonymous)
        {
            yield return new ConfigurationProblem("address", "is reachable from other machines: name a passwordFile or tls.clientCaFile, or say allowAnonymous: true");
        }
    }
}
