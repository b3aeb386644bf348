using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Opens the outbox file: creates it, checks it after an unclean end, and sets a damaged one aside.</summary>
internal static class OutboxFile
{
    private const int SqliteCorrupt = 11;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>A connection for the one writer, and what was repaired.</summary>
    /// <exception cref="OutboxException">The file cannot be opened, or is of a newer version.</exception>
    public static (SqliteConnection Connection, OutboxRecovery? Recovery) Open(string path, bool syncEveryCommit, TimeProvider time)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            (SqliteConnection? connection, string? damage) = TryOpen(path);
            OutboxRecovery? recovery = null;
            if (connection is null)
            {
                (connection, recovery) = SetAside(path, damage!, syncEveryCommit, time);
            }

            Synchronise(connection, syncEveryCommit);
            return (connection, recovery);
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
                OutboxSchema.Create(connection);
            }

            long version = (long)OutboxSchema.Scalar(connection, "PRAGMA user_version")!;
            if (version > OutboxSchema.Version)
            {
                connection.Dispose();
                throw new OutboxException(path, $"was written by a newer version of this program (layout {version}).", "Run that version, or move the file away.");
            }

            OutboxSchema.Execute(connection, "PRAGMA journal_mode = WAL");
            bool clean = OutboxSchema.Scalar(connection, "SELECT clean FROM clock") is 1L;
            string verdict = clean ? "ok" : (string)OutboxSchema.Scalar(connection, "PRAGMA quick_check(1)")!;
            if (verdict == "ok")
            {
                return (connection, null);
            }

            connection.Dispose();
            return (null, verdict);
        }
        catch (SqliteException error) when (IsDamage(error) || error.SqliteErrorCode == 1)
        {
            // 1 is SQLite's general error: a table that ought to be there is not.
            connection.Dispose();
            return (null, error.Message);
        }
    }

    private static void Synchronise(SqliteConnection connection, bool everyCommit) =>
        OutboxSchema.Execute(connection, $"PRAGMA synchronous = {(everyCommit ? "FULL" : "NORMAL")}");

    /// <summary>Moves a damaged file out of the way and makes a new one with what can be read of it.</summary>
    internal static (SqliteConnection Connection, OutboxRecovery Recovery) SetAside(string path, string damage, bool syncEveryCommit, TimeProvider time)
    {
        string aside = $"{path}.damaged-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}";
        foreach (string suffix in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }

        SqliteConnection fresh = Connect(path, SqliteOpenMode.ReadWriteCreate);
        OutboxSchema.Create(fresh);
        Synchronise(fresh, syncEveryCommit);
        (long events, bool complete, int checkpoints) = OutboxSalvage.Copy(aside, fresh);
        return (fresh, new OutboxRecovery(aside, damage, events, complete, checkpoints));
    }

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
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

    internal static bool IsDamage(SqliteException error) => error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase;
}
