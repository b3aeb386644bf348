using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Tables of the outbox file.</summary>
internal static class OutboxSchema
{
    public const int Version = 2;

    /// <summary>Bytes that an event takes beside its payload, about: row, index entries, attributes.</summary>
    public const int EventOverhead = 100;

    /// <summary>SQLite's page size; the node has never asked for another.</summary>
    public const int PageBytes = 4096;

    /// <summary>Bytes of a row at most: far above what a broker takes for a packet.</summary>
    public const int LongestRow = 64 * 1024 * 1024;

    // seq is AUTOINCREMENT: a number must not come back after its row was deleted, because readers remember how far they are.
    private const string Tables = """
        CREATE TABLE event(
          seq INTEGER PRIMARY KEY AUTOINCREMENT, priority INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
          type TEXT NOT NULL, time INTEGER NOT NULL, committed INTEGER NOT NULL, age INTEGER NOT NULL, data BLOB NOT NULL, crc INTEGER);
        CREATE INDEX event_order ON event(priority, seq);
        CREATE TABLE dead(
          seq INTEGER PRIMARY KEY, priority INTEGER NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL,
          time INTEGER NOT NULL, committed INTEGER NOT NULL, refused INTEGER NOT NULL, reason TEXT NOT NULL, data BLOB NOT NULL, crc INTEGER);
        """ + Checkpoints + """

        CREATE TABLE loss(
          reason TEXT PRIMARY KEY, telemetry INTEGER NOT NULL, facts INTEGER NOT NULL, alarms INTEGER NOT NULL,
          oldest INTEGER NOT NULL, newest INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE clock(one INTEGER PRIMARY KEY CHECK(one = 1), age INTEGER NOT NULL, wall INTEGER NOT NULL, clean INTEGER NOT NULL);
        """ + Recovery;

    // What a salvage has found, until the node has told it.
    private const string Recovery = """

        CREATE TABLE recovery(
          one INTEGER PRIMARY KEY CHECK(one = 1), aside TEXT NOT NULL, problem TEXT NOT NULL, events INTEGER NOT NULL,
          complete INTEGER NOT NULL, checkpoints INTEGER NOT NULL);
        """;

    // The state is last: SQLite writes a blob of zeros without holding it in memory only if nothing follows.
    private const string Checkpoints = """

        CREATE TABLE checkpoint(
          row INTEGER PRIMARY KEY, stream TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, position TEXT, finished INTEGER NOT NULL,
          crc INTEGER, state BLOB NOT NULL);
        """;

    // Rows of version 1 have no checksum: null.
    private const string FromVersion1 = """
        ALTER TABLE event ADD COLUMN crc INTEGER;
        ALTER TABLE dead ADD COLUMN crc INTEGER;
        ALTER TABLE checkpoint RENAME TO checkpoint_1;
        """ + Checkpoints + """

        INSERT INTO checkpoint(row, stream, fingerprint, position, finished, state)
          SELECT row, stream, fingerprint, position, finished, state FROM checkpoint_1;
        DROP TABLE checkpoint_1;
        """ + Recovery;

    public static void Create(SqliteConnection connection)
    {
        // Only before the first table can a file be told to give space back.
        Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "BEGIN IMMEDIATE; " + Tables + $" {Identity()}; PRAGMA user_version = {Version}; COMMIT");
    }

    /// <summary>Brings a file of an earlier version to this one.</summary>
    public static void Migrate(SqliteConnection connection, long version)
    {
        if (version == 1)
        {
            Execute(connection, $"BEGIN IMMEDIATE; {FromVersion1} {Identity()}; PRAGMA user_version = {Version}; COMMIT");
        }
    }

    /// <summary>A number by which <see cref="OutboxMark"/> knows the file again.</summary>
    private static string Identity() =>
        $"PRAGMA application_id = {System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, int.MaxValue)}";

    public static bool HasColumn(SqliteConnection connection, string table, string column)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info($table) WHERE name = $column";
        command.Parameters.AddWithValue("$table", table);
        command.Parameters.AddWithValue("$column", column);
        return command.ExecuteScalar() is > 0L;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
