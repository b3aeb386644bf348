using System.Net;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>The MQTT 5 broker inside this process.</summary>
public sealed record EmbeddedBrokerOptions : ICheckedOptions
{
    [Option("IP address to listen on. Beyond loopback it asks for passwordFile, for tls with clientCa, or for allowAnonymous.")]
    public string Address { get; init; } = "127.0.0.1";

    [Option("TCP port; 0 takes a free one.", Min = 0, Max = 65535)]
    public int Port { get; init; } = 1883;

    [Option("Certificate to encrypt with; plain TCP where it is absent.")]
    public ServerTlsOptions? Tls { get; init; }

    [Option("File of users and hashed passwords, in the format of mosquitto_passwd (PBKDF2, $7$). Read again when it changes. With it, a client must name itself and may publish only below sensing/v1/{site}/{node}/, where its user name is {node} or {site}/{node}.")]
    public string? PasswordFile { get; init; }

    [Option("Users that may subscribe to everything and publish nothing: monitors, other bridges.")]
    public string[] Observers { get; init; } = [];

    [Option("Lets clients in without credentials although the address is not loopback.")]
    public bool AllowAnonymous { get; init; }

    [Option("Connections at a time; one more is closed at once.", Min = 1, Max = 100_000)]
    public int MaxConnections { get; init; } = 1000;

    [Option("Unacknowledged publishes that a client may have under way. Told to the client when it connects; one that sends more is not read until some of it is stored.", Min = 1, Max = 65535)]
    public int ReceiveMaximum { get; init; } = 1000;

    [Option("Messages that wait for one subscriber of this broker; beyond it its oldest are dropped. The store is no subscriber and drops nothing.", Min = 1, Max = 1_000_000)]
    public int MaxQueuedPerSubscriber { get; init; } = 1000;

    /// <summary>Whether clients must say who they are.</summary>
    public bool RequiresIdentity => PasswordFile is not null || Tls?.ClientCaFile is not null;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return new ConfigurationProblem("address", $"'{Address}' is no IP address: use 127.0.0.1, 0.0.0.0, ::1 or one of this machine's");
        }
        else if (!CloudOptions.IsLoopback(Address) && !RequiresIdentity && !AllowAnonymous)
        {
            yield return new ConfigurationProblem("address", "is reachable from other machines: name a passwordFile or tls.clientCaFile, or say allowAnonymous: true");
        }
    }
}
