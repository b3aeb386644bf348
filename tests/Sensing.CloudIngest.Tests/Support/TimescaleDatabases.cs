using Npgsql;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

[assembly: AssemblyFixture(typeof(TimescaleDatabases))]

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A PostgreSQL with TimescaleDB that somebody runs for the tests, named by <c>SENSING_TEST_TIMESCALE</c>: a connection string
/// of a role that may create databases and extensions. What the tests create there they drop at their end.</summary>
public sealed class TimescaleDatabases : ITestDatabases, IAsyncDisposable
{
    private const string Variable = "SENSING_TEST_TIMESCALE";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _made = [];
    private readonly string _run = $"sensing_test_{Guid.NewGuid():N}";

    private static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    public async Task<PostgresOptions> CreateAsync(CancellationToken cancellation)
    {
        Assert.SkipWhen(Named is null, $"{Variable} names no server with TimescaleDB ('Host=…;Username=…;Password=…'): this test needs a real one.");
        var server = new NpgsqlConnectionStringBuilder(Named);
        string name;
        lock (_made)
        {
            name = $"{_run}_{_made.Count}";
            _made.Add(name);
        }

        await ExecuteAsync(server.Database ?? "postgres", $"CREATE DATABASE {name}", cancellation);
        string? password = server.Password is null ? null : _folder["password"];
        if (password is not null)
        {
            await File.WriteAllTextAsync(password, server.Password + "\n", cancellation);
        }

        return new PostgresOptions
        {
            Host = server.Host ?? "127.0.0.1",
            Port = server.Port,
            Database = name,
            User = server.Username ?? "postgres",
            PasswordFile = password,
        };
    }

    public async Task<object?> ExecuteAsync(string database, string sql, CancellationToken cancellation)
    {
        var server = new NpgsqlConnectionStringBuilder(Named) { Database = database, Pooling = false, SearchPath = "sensing", IncludeErrorDetail = true };
        await using var connection = new NpgsqlConnection(server.ToString());
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string name in _made)
        {
            await ExecuteAsync(new NpgsqlConnectionStringBuilder(Named).Database ?? "postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
        }

        _folder.Dispose();
    }
}
