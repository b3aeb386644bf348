using Npgsql;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>Makes or brings up the tables, and tells how events lie in them: that is decided once, when a store is made.</summary>
internal static class EventLayouts
{
    private const string Stays = "a store stays in the layout that it was made with";

    private const string Remedy =
        "let the server load it (shared_preload_libraries = 'timescaledb') and run CREATE EXTENSION timescaledb in the database as a role that may";

    private const string Anew = "begin with another store.postgres.database";

    /// <returns>The layout, and what the log should say of it.</returns>
    /// <exception cref="StoreException">The layout is not what <paramref name="use"/> demands, or its extension is gone.</exception>
    public static async Task<(IEventLayout Layout, OpenedStore Opened)> OpenAsync(
        NpgsqlDataSource source, TimescaleUse use, CancellationToken cancellation)
    {
        (TimescaleExtension? extension, string? obstacle) = (null, null);
        bool isNew = await IsNewAsync(source, cancellation).ConfigureAwait(false);
        if (isNew && use != TimescaleUse.Off)
        {
            (extension, obstacle) = await TimescaleExtension.ProvideAsync(source, cancellation).ConfigureAwait(false);
            if (extension is null && use == TimescaleUse.Required)
            {
                throw new StoreException(obstacle is null
                    ? "store.postgres.timescale is 'required', and the server does not have TimescaleDB: install it there, or set store.postgres.timescale to 'auto'."
                    : $"store.postgres.timescale is 'required', and TimescaleDB cannot be used ({obstacle}): {Remedy}, or set store.postgres.timescale to 'auto'.");
            }
        }

        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await PostgresSchema.MigrateAsync(connection, PostgresSchema.Steps, extension is null ? null : HypertableLayout.Begin, cancellation).ConfigureAwait(false);
            IEventLayout layout = await FindAsync(connection, use, cancellation).ConfigureAwait(false);
            string? advice = obstacle is null ? null
                : $"The server has TimescaleDB, but it cannot be used ({obstacle}), and {Stays}. To have hypertables: {Remedy}, and {Anew}. To be content with partitions: set store.postgres.timescale to 'off'.";
            bool passedOver = !isNew && use == TimescaleUse.Auto && layout is PartitionLayout
                && await TimescaleExtension.FindAsync(connection, cancellation).ConfigureAwait(false) is not null;
            return (layout, new OpenedStore(passedOver ? $"{layout.Name}, though TimescaleDB is there: {Stays}" : layout.Name, advice));
        }
    }

    /// <summary>How the tables that are there were made.</summary>
    private static async Task<IEventLayout> FindAsync(NpgsqlConnection connection, TimescaleUse use, CancellationToken cancellation)
    {
        if (!await PostgresSchema.HasHypertablesAsync(connection, cancellation).ConfigureAwait(false))
        {
            return use != TimescaleUse.Required ? new PartitionLayout() : throw new StoreException(
                $"store.postgres.timescale is 'required', and the store in database {connection.Database} was made with PostgreSQL's own partitions; {Stays}: {Anew}, or set store.postgres.timescale to 'auto'.");
        }

        if (use == TimescaleUse.Off)
        {
            throw new StoreException(
                $"store.postgres.timescale is 'off', and the store in database {connection.Database} was made with hypertables of TimescaleDB; {Stays}: {Anew}, or set store.postgres.timescale to 'auto'.");
        }

        return await TimescaleExtension.FindAsync(connection, cancellation).ConfigureAwait(false) is { } extension
            ? new HypertableLayout(extension)
            : throw new StoreException(
                $"The store in database {connection.Database} was made with hypertables of TimescaleDB, and the extension timescaledb is not in the database: restore the database with it, or {Anew}.");
    }

    private static async Task<bool> IsNewAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await PostgresSchema.VersionAsync(connection, cancellation).ConfigureAwait(false) is null;
        }
    }
}
