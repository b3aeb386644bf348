using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Stores of tests that need the server itself: its roles, its other connections, its stopping.</summary>
public abstract class PostgresServerStores(PostgresDatabases databases) : PostgresStores(databases)
{
    protected PostgresServer Server { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Server = await databases.Server;
        await base.InitializeAsync();
    }
}
