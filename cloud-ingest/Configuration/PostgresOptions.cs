using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>A PostgreSQL database to keep events in.</summary>
public sealed record PostgresOptions : ICheckedOptions
{
    [Option("Host name or address; a folder such as /var/run/postgresql is a Unix socket.", Required = true, Min = 1)]
    public string Host { get; init; } = "";

    [Option("TCP port, or the number of the socket.", Min = 1, Max = 65535)]
    public int Port { get; init; } = 5432;

    [Option("Database; it must exist. The tables are created in its schema 'sensing'.", Min = 1)]
    public string Database { get; init; } = "sensing";

    [Option("Role to log in as. A process that writes must own the schema 'sensing' or be allowed to create it; one that only reads needs SELECT alone.", Min = 1)]
    public string User { get; init; } = "sensing";

    [Option("Whether a new store uses TimescaleDB hypertables: 'auto' if the server has the extension and the role may use it, 'off' never, 'required' always (otherwise the process does not start). A store keeps the layout it was created with.")]
    public TimescaleUse Timescale { get; init; }

    [Option("File whose first line is the password; read at each connect.")]
    public string? PasswordFile { get; init; }

    [Option("Encryption, with the server's certificate and host name checked; none where it is absent. Files are read at each connect.")]
    public ClientTlsOptions? Tls { get; init; }

    [Option("Longest wait for a connection, s.", Above = 0, Max = 600)]
    public double ConnectTimeoutSeconds { get; init; } = 10;

    [Option("Timeout of a query, s; the database cancels it then.", Min = 1, Max = 3600)]
    public double QueryTimeoutSeconds { get; init; } = 30;

    [Option("Timeout of one statement of a commit, including the wait for another writing process, s; the commit is then retried.", Min = 1, Max = 3600)]
    public double WriteTimeoutSeconds { get; init; } = 60;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Tls is not null && Host.StartsWith('/'))
        {
            yield return new ConfigurationProblem("tls", "has no meaning on a Unix socket: remove it, or name a host");
        }
    }
}
