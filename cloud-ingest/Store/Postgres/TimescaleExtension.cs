using Npgsql;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What a database has of TimescaleDB.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Schema">Where its functions are, as SQL names it; the search path of our connections is our schema alone.</param>
internal sealed record TimescaleExtension(string Version, string Schema)
{
    /// <summary>The first version that makes hypertables by <c>by_range</c>.</summary>
    private static readonly Version Oldest = new(2, 13);

    /// <returns>Null where the database has no such extension.</returns>
    public static async Task<TimescaleExtension?> FindAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText =
                "SELECT e.extversion, quote_ident(n.nspname) FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'timescaledb'";
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellation).ConfigureAwait(false)
                    ? new TimescaleExtension(reader.GetString(0), reader.GetString(1))
                    : null;
            }
        }
    }

    /// <summary>Finds the extension, or creates it where the server has it.</summary>
    /// <returns>The extension; or null and why it cannot be used, for people: <c>null, null</c> where the server does not have it.</returns>
    public static async Task<(TimescaleExtension? Extension, string? Obstacle)> ProvideAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        string? obstacle = await TryCreateAsync(source, cancellation).ConfigureAwait(false);
        // On another connection, for a refusal may have ended the one; and whatever it said, another process may have been faster.
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await FindAsync(connection, cancellation).ConfigureAwait(false) switch
            {
                null => (null, obstacle),
                { IsOld: true } old => (null, $"it is of version {old.Version}, and {Oldest} is needed"),
                var found => (found, null),
            };
        }
    }

    /// <summary>Versions may end in a word: 2.23.0-dev.</summary>
    private bool IsOld => System.Version.TryParse(Version.Split('-')[0], out Version? version) && version < Oldest;

    private static async Task<bool> IsAvailableAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "SELECT EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'timescaledb')";
            return (bool)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        }
    }

    /// <returns>Why it cannot be created; null where it is there, or the server does not have it.</returns>
    private static async Task<string?> TryCreateAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            if (await FindAsync(connection, cancellation).ConfigureAwait(false) is not null || !await IsAvailableAsync(connection, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            NpgsqlCommand command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = "CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public";
                try
                {
                    await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                    return null;
                }
                catch (PostgresException error) when (error.SqlState != PostgresErrorCodes.QueryCanceled)
                {
                    return error.MessageText;
                }
            }
        }
    }
}
