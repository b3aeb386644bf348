using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Sensing.Testing;

/// <summary>A real PostgreSQL on loopback, with its data in a folder of its own, that can be stopped hard and started again.</summary>
/// <remarks>Commits are not synced to the disk (fsync=off): that would matter only if the machine itself went down.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>A role that may do everything and is asked for no password, so that tests connect quickly.</summary>
    public const string User = "sensing";

    /// <summary>A role that may do everything and is asked for the password.</summary>
    public const string CheckedUser = "checked";

    private const string Password = "only in tests";

    private readonly TemporaryFolder _folder = new();
    private readonly string _programs;
    private int _databases;

    private PostgresServer(string programs) => _programs = programs;

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>A file that holds the password.</summary>
    public string PasswordFile => _folder["password"];

    /// <summary>What a test says that is skipped; null where PostgreSQL is installed.</summary>
    public static string? Missing => Programs() is null
        ? "PostgreSQL is not installed (Debian: apt-get install postgresql): this test needs a real server."
        : null;

    /// <summary>Makes a cluster and starts it; the test is skipped, with a message, where PostgreSQL is not installed.</summary>
    /// <param name="cancellation">Of the test.</param>
    /// <param name="configuration">Lines of postgresql.conf besides.</param>
    public static async Task<PostgresServer> StartAsync(CancellationToken cancellation, params string[] configuration)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var server = new PostgresServer(Programs()!);
        await File.WriteAllTextAsync(server.PasswordFile, Password + "\n", cancellation);
        if (IsRoot)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", ["-R", "postgres", server._folder.Path], cancellation);
        }

        await server.RunServerProgramAsync(
            "initdb",
            ["-D", server.Data, "-U", User, "--pwfile", server.PasswordFile, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"],
            cancellation);
        await File.AppendAllLinesAsync(Path.Combine(server.Data, "postgresql.conf"),
        [
            "listen_addresses = '127.0.0.1'",
            $"port = {server.Port.ToString(CultureInfo.InvariantCulture)}",
            $"unix_socket_directories = '{server._folder.Path}'",
            "fsync = off",
            "full_page_writes = off",
            "max_connections = 100",
            "shared_buffers = 64MB",
            .. configuration,
        ], cancellation);
        await File.WriteAllLinesAsync(Path.Combine(server.Data, "pg_hba.conf"),
        [
            $"host all {User} 127.0.0.1/32 trust",
            $"host all {CheckedUser} 127.0.0.1/32 scram-sha-256",
        ], cancellation);
        await server.StartAsync(cancellation);
        await server.ExecuteAsync("postgres", $"CREATE ROLE {CheckedUser} LOGIN SUPERUSER PASSWORD '{Password}'", cancellation);
        return server;
    }

    /// <summary>As <see cref="StartAsync(CancellationToken, string[])"/>, with TLS for everybody but <see cref="User"/>: a role is let in who
    /// shows a certificate of the authority with its name. The role cloud-ingest is there.</summary>
    public static async Task<PostgresServer> StartWithTlsAsync(string caFile, string certificateFile, string keyFile, CancellationToken cancellation)
    {
        PostgresServer server = await StartAsync(cancellation);
        foreach ((string from, string name) in new[] { (caFile, "ca.pem"), (certificateFile, "server.pem"), (keyFile, "server.key") })
        {
            File.Copy(from, Path.Combine(server.Data, name));
            await RunAsync("chmod", ["0400", Path.Combine(server.Data, name)], cancellation);
        }

        if (IsRoot)
        {
            await RunAsync("chown", ["-R", "postgres", server.Data], cancellation);
        }

        await File.AppendAllLinesAsync(
            Path.Combine(server.Data, "postgresql.conf"),
            ["ssl = on", "ssl_ca_file = 'ca.pem'", "ssl_cert_file = 'server.pem'", "ssl_key_file = 'server.key'"], cancellation);
        await File.AppendAllLinesAsync(Path.Combine(server.Data, "pg_hba.conf"), ["hostssl all all 127.0.0.1/32 cert"], cancellation);
        await server.StopAsync(cancellation);
        await server.StartAsync(cancellation);
        await server.ExecuteAsync("postgres", "CREATE ROLE \"cloud-ingest\" LOGIN SUPERUSER", cancellation);
        return server;
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => _folder["data"];

    /// <summary>Starts it again after <see cref="StopAsync"/>, with the same data.</summary>
    public Task StartAsync(CancellationToken cancellation) =>
        RunServerProgramAsync("pg_ctl", ["-D", Data, "-l", _folder["log"], "-w", "-s", "start"], cancellation);

    /// <summary>As a crash: no goodbye to clients, nothing written down that is not in the log yet.</summary>
    public Task StopAsync(CancellationToken cancellation) =>
        RunServerProgramAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "-s", "stop"], cancellation);

    /// <summary>Makes a new, empty database and tells its name.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellation)
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}", cancellation);
        return name;
    }

    /// <summary>Lets a further role in without a password.</summary>
    public async Task LetInAsync(string role, CancellationToken cancellation)
    {
        await File.AppendAllLinesAsync(Path.Combine(Data, "pg_hba.conf"), [$"host all {role} 127.0.0.1/32 trust"], cancellation);
        await ExecuteAsync("postgres", "SELECT pg_reload_conf()", cancellation);
    }

    /// <summary>A connection of its own, for looking behind the scenes.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            Username = User,
            Pooling = false,
            SearchPath = "sensing",
            IncludeErrorDetail = true,
        }.ToString());
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Runs statements; the first value of the last result, if any.</summary>
    public async Task<object?> ExecuteAsync(string database, string sql, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await ConnectAsync(database, cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await RunServerProgramAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "-s", "stop"], CancellationToken.None, mayFail: true);
        _folder.Dispose();
    }

    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private Task RunServerProgramAsync(string name, string[] arguments, CancellationToken cancellation, bool mayFail = false)
    {
        string program = Path.Combine(_programs, name);
        return IsRoot
            ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments], cancellation, mayFail)
            : RunAsync(program, arguments, cancellation, mayFail);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellation, bool mayFail = false)
    {
        // Nothing is redirected from the server that pg_ctl leaves running: the pipe would never end.
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = "/" };
        bool ends = !arguments.Contains("start");
        start.RedirectStandardOutput = start.RedirectStandardError = ends;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        string said = "";
        if (ends)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            said = await process.StandardError.ReadToEndAsync(cancellation);
            await output;
        }

        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0 && !mayFail)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} exits with {process.ExitCode}: {said}");
        }
    }
}
