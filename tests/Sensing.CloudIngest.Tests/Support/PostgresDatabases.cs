using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

[assembly: AssemblyFixture(typeof(PostgresDatabases))]

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>One server for all tests of this assembly, started by the first that asks; each gets a database of its own.</summary>
public sealed class PostgresDatabases : ITestDatabases, IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync(CancellationToken.None));

    public Task<PostgresServer> Server
    {
        get
        {
            Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
            return _server.Value;
        }
    }

    public async Task<PostgresOptions> CreateAsync(CancellationToken cancellation)
    {
        PostgresServer server = await Server.WaitAsync(cancellation);
        return Options(server, await server.CreateDatabaseAsync(cancellation));
    }

    public async Task<object?> ExecuteAsync(string database, string sql, CancellationToken cancellation) =>
        await (await Server.WaitAsync(cancellation)).ExecuteAsync(database, sql, cancellation);

    public static PostgresOptions Options(PostgresServer server, string database) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Database = database,
        User = PostgresServer.User,
    };

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
