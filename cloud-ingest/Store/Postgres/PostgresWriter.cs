using Npgsql;
using NpgsqlTypes;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>The writing connection with its staging table and prepared statements.</summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    public const string CopyStaging =
        "COPY staging (tier, series, origin, time, seq, arrival, committed, flags, id, data) FROM STDIN (FORMAT BINARY)";

    private const string Staging = """
        CREATE TEMPORARY TABLE staging (
            tier integer NOT NULL, series integer NOT NULL, origin integer NOT NULL, time bigint NOT NULL, seq bigint NOT NULL, arrival bigint NOT NULL,
            committed bigint, flags smallint NOT NULL, id bytea NOT NULL, data bytea NOT NULL) ON COMMIT DELETE ROWS;
        ALTER TABLE staging ALTER data SET STORAGE EXTERNAL;
        """;

    private const string Columns = "tier, series, time, seq, arrival, committed, flags, id, data";

    private readonly List<NpgsqlCommand> _prepared = [];
    private readonly Dictionary<string, NpgsqlCommand> _adding = new(StringComparer.Ordinal);

    private PostgresWriter(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <summary>Locks the head, so that this writer is alone until its commit.</summary>
    public NpgsqlCommand LockHead { get; private set; } = null!;

    public NpgsqlCommand FindPositions { get; private set; } = null!;

    /// <summary>Claims the staged ids; those that are known stay as they are.</summary>
    public NpgsqlCommand AddToFeed { get; private set; } = null!;

    /// <summary>Sequence numbers of staged events whose ids had been known.</summary>
    public NpgsqlCommand FindRepeated { get; private set; } = null!;

    public static async Task<PostgresWriter> OpenAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        var writer = new PostgresWriter(await source.OpenConnectionAsync(cancellation).ConfigureAwait(false));
        try
        {
            NpgsqlCommand staging = writer.Connection.CreateCommand();
            await using (staging.ConfigureAwait(false))
            {
                staging.CommandText = Staging;
                await staging.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }

            writer.LockHead = await writer.PrepareAsync("SELECT seq, node_version, partition_version FROM head FOR UPDATE", cancellation).ConfigureAwait(false);
            writer.FindPositions = await writer.PrepareAsync(
                "SELECT partition, next FROM positions WHERE partition = ANY($1)", cancellation, NpgsqlDbType.Array | NpgsqlDbType.Text).ConfigureAwait(false);
            writer.AddToFeed = await writer.PrepareAsync(
                "INSERT INTO feed (seq, id, origin, series, time, size) SELECT seq, id, origin, series, time, octet_length(data) FROM staging ON CONFLICT (id, origin) DO NOTHING",
                cancellation).ConfigureAwait(false);
            writer.FindRepeated = await writer.PrepareAsync(
                "SELECT s.seq FROM staging s JOIN feed f ON f.id = s.id AND f.origin = s.origin WHERE f.seq <> s.seq", cancellation).ConfigureAwait(false);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The statement that brings staged events to where they stay; prepared at its first use.</summary>
    /// <param name="into">Relation that gets them.</param>
    /// <param name="rows">Condition that chooses its rows.</param>
    /// <param name="repeated">Sequence numbers of events that are there already; null: of none.</param>
    /// <param name="cancellation">Of the append.</param>
    public async Task<NpgsqlCommand> AddEventsAsync(string into, string rows, long[]? repeated, CancellationToken cancellation)
    {
        string sql = $"INSERT INTO {into} ({Columns}) SELECT {Columns} FROM staging WHERE {rows}{(repeated is null ? "" : " AND seq <> ALL ($1)")}";
        if (!_adding.TryGetValue(sql, out NpgsqlCommand? command))
        {
            NpgsqlDbType[] parameters = repeated is null ? [] : [NpgsqlDbType.Array | NpgsqlDbType.Bigint];
            _adding.Add(sql, command = await PrepareAsync(sql, cancellation, parameters).ConfigureAwait(false));
        }

        if (repeated is not null)
        {
            command.Parameters[0].Value = repeated;
        }

        return command;
    }

    public async ValueTask DisposeAsync()
    {
        _prepared.ForEach(command => command.Dispose());
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<NpgsqlCommand> PrepareAsync(string sql, CancellationToken cancellation, params NpgsqlDbType[] parameters)
    {
        NpgsqlCommand command = Connection.CreateCommand();
#pragma warning disable CA2100 // The texts above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (NpgsqlDbType type in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        _prepared.Add(command);
        await command.PrepareAsync(cancellation).ConfigureAwait(false);
        return command;
    }
}
