using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>A broker elsewhere.</summary>
public sealed record ExternalBrokerOptions : ICheckedOptions
{
    [Option("Host name or address.", Required = true, Min = 1)]
    public string Host { get; init; } = "";

    [Option("TCP port.", Min = 1, Max = 65535)]
    public int Port { get; init; } = 1883;

    [Option("Encryption; plain TCP where it is absent.")]
    public ClientTlsOptions? Tls { get; init; }

    [Option("User name.")]
    public string? User { get; init; }

    [Option("File whose first line is the password; read at each connect.")]
    public string? PasswordFile { get; init; }

    [Option("Group of the shared subscription: bridges of one group share the work.", Pattern = "[a-zA-Z0-9_-]{1,64}", PatternMeaning = "1 to 64 letters, digits, '-' or '_'")]
    public string SharedGroup { get; init; } = "cloud-ingest";

    [Option("Client id; its session at the broker holds what was not acknowledged, so it must stay the same and differ between bridges.", Min = 1, Max = 64)]
    public string ClientId { get; init; } = "cloud-ingest-1";

    [Option("How long the broker keeps the session while this bridge is away, s.", Min = 0, Max = 4_000_000_000)]
    public long SessionExpirySeconds { get; init; } = 7 * 24 * 3600;

    [Option("Maximum unacknowledged messages that the broker may send.", Min = 1, Max = 65535)]
    public int ReceiveMaximum { get; init; } = 4000;

    [Option("Longest wait between two connection attempts, s; the wait doubles from a quarter of a second up to this, with jitter.", Above = 0, Max = 3600)]
    public double MaxBackoffSeconds { get; init; } = 30;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (PasswordFile is not null && User is null)
        {
            yield return new ConfigurationProblem("user", "is missing: a password belongs to a user");
        }
    }
}
