using Microsoft.Data.Sqlite;
using Sensing.Files;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Opens the outbox file: creates it, checks it after an unclean end, and sets a damaged one aside.</summary>
internal static class OutboxFile
{
    private const int SqliteError = 1;
    private const int SqliteCorrupt = 11;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>A page that the disk cannot read any more, and one that lies beyond the file's end.</summary>
    private const int SqliteReadError = 266;
    private const int SqliteShortRead = 522;

    /// <summary>A connection for the one writer, and what was repaired.</summary>
    /// <exception cref="OutboxException">The file cannot be opened, or is of a newer version.</exception>
    public static (SqliteConnection Connection, OutboxRecovery? Recovery) Open(string path, bool syncEveryCommit, TimeProvider time)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (OutboxMove.Interrupted(path) is { } move)
            {
                Salvage(move);
            }

            string? damage = DamageBeforeOpening(path);
            SqliteConnection? connection = null;
            if (damage is null)
            {
                (connection, damage) = TryOpen(path);
            }

            if (connection is null)
            {
                Salvage(OutboxMove.Begin(path, damage!, time.GetUtcNow()));
                (connection, damage) = TryOpen(path);
                if (connection is null)
                {
                    throw new OutboxException(path, $"cannot be recreated: {damage}.", "Check the disk.");
                }
            }

            Synchronise(connection, syncEveryCommit);
            return (connection, Recovery(path, connection));
        }
        catch (SqliteException error)
        {
            throw new OutboxException(path, $"cannot be opened: {error.Message}.", error.SqliteErrorCode == SqliteCannotOpen
                ? "Check that the folder exists and that this user may write there."
                : "Check the disk and that no other program holds the file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutboxException(path, $"cannot be opened: {error.Message}", "Check that this user may write there.", error);
        }
    }

    /// <summary>What SQLite would pass over: it throws a log away whose database is missing, and what lies behind a damaged frame.</summary>
    internal static string? DamageBeforeOpening(string path)
    {
        var main = new FileInfo(path);
        if (main.Exists && main.Length > 0)
        {
            return OutboxLogFile.Problem(path + "-wal");
        }

        var log = new FileInfo(path + "-wal");
        return log.Exists && log.Length > 0 ? $"the database is {(main.Exists ? "empty" : "missing")} beside its write-ahead log"
            : OutboxMark.Read(path) is { Sequence: > 0 } mark ? $"the database is {(main.Exists ? "empty" : "missing")}, and it had taken {mark.Sequence} events"
            : null;
    }

    /// <summary>What a salvage has left to be told, or what the mark knows of that the file does not.</summary>
    private static OutboxRecovery? Recovery(string path, SqliteConnection connection)
    {
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT aside, problem, events, complete, checkpoints FROM recovery";
        using SqliteDataReader reader = select.ExecuteReader();
        if (reader.Read())
        {
            return new OutboxRecovery(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3) != 0, reader.GetInt32(4));
        }

        return OutboxMark.Problem(path, connection) is { } problem ? new OutboxRecovery(null, problem, 0, EventsComplete: false, 0) : null;
    }

    /// <summary>A connection that only reads; several may exist beside the writer.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        SqliteConnection connection = Connect(path, SqliteOpenMode.ReadWrite);
        OutboxSchema.Execute(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// <returns>Null, with what is wrong, where the file is damaged.</returns>
    private static (SqliteConnection? Connection, string? Damage) TryOpen(string path)
    {
        SqliteConnection connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            if (OutboxSchema.Scalar(connection, "SELECT count(*) FROM sqlite_schema") is 0L)
            {
                if (OutboxMark.Read(path) is { Sequence: > 0 } mark)
                {
                    connection.Dispose();
                    return (null, $"the database holds no tables, and it had taken {mark.Sequence} events");
                }

                OutboxSchema.Create(connection);
            }

            long version = (long)OutboxSchema.Scalar(connection, "PRAGMA user_version")!;
            if (version > OutboxSchema.Version)
            {
                connection.Dispose();
                throw new OutboxException(path, $"was written by a newer version of this program (layout {version}).", "Run that version, or move the file away.");
            }

            OutboxSchema.Execute(connection, "PRAGMA journal_mode = WAL");
            OutboxSchema.Migrate(connection, version);
            string? problem = OutboxCheck.Problem(connection);
            if (problem is null)
            {
                return (connection, null);
            }

            connection.Dispose();
            return (null, problem);
        }
        catch (SqliteException error) when (IsDamage(error) || error.SqliteErrorCode == SqliteError)
        {
            // SQLite's general error: a table that ought to be there is not.
            connection.Dispose();
            return (null, error.Message);
        }
    }

    private static void Synchronise(SqliteConnection connection, bool everyCommit) =>
        OutboxSchema.Execute(connection, $"PRAGMA synchronous = {(everyCommit ? "FULL" : "NORMAL")}");

    /// <summary>Moves a damaged outbox out of the way and makes a new one with what can be read of it.</summary>
    internal static void Salvage(OutboxMove move)
    {
        move.MoveFiles();
        using (SqliteConnection fresh = Connect(move.New, SqliteOpenMode.ReadWriteCreate))
        {
            OutboxSchema.Create(fresh);
            Synchronise(fresh, everyCommit: true);
            OutboxSalvage.Copy(move.Aside, move.Problem, fresh);

            // Whole in one file, so that one rename puts it into its place.
            OutboxSchema.Execute(fresh, "PRAGMA wal_checkpoint(TRUNCATE)");
            OutboxSchema.Execute(fresh, "PRAGMA journal_mode = DELETE");
        }

        move.Finish();
    }

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        if (mode == SqliteOpenMode.ReadWriteCreate)
        {
            PrivateFile.Create(path);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            connection.Open();
            OutboxSchema.Execute(connection, "PRAGMA busy_timeout = 10000; PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal static bool IsDamage(SqliteException error) => error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase
        || error.SqliteExtendedErrorCode is SqliteReadError or SqliteShortRead;
}
