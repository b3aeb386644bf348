using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Examines an outbox without changing it: what a start would find, and how much of each table is
/// sound.</summary>
internal sealed class OutboxExamination
{
    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE: the write-ahead log stays as it is.</summary>
    private const int NoCheckpointOnClose = 1006;

    private readonly List<(string Part, string Text)> _lines = [];
    private readonly List<string> _problems = [];

    private OutboxExamination()
    {
    }

    /// <summary>What was looked at and what was found there, in order.</summary>
    public IReadOnlyList<(string Part, string Text)> Lines => _lines;

    /// <summary>What is wrong; empty where all is sound.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <exception cref="OutboxException">There is no outbox, it cannot be opened, or it is of a newer
    /// version.</exception>
    public static OutboxExamination Of(string path)
    {
        var examination = new OutboxExamination();
        try
        {
            examination.Examine(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutboxException(path, $"cannot be read: {error.Message}", "Check that this user may read it.",
                error);
        }

        return examination;
    }

    private void Examine(string path)
    {
        if (OutboxMove.IsInterrupted(path))
        {
            Bad("salvage", "interrupted; the next start or `outbox salvage` resumes it");
        }
        else if (!File.Exists(path) && !File.Exists(path + "-wal") && OutboxMark.Read(path) is null)
        {
            throw new OutboxException(path, "does not exist.", "Name the node's data folder or its outbox file.");
        }

        if (OutboxFile.DamageBeforeOpening(path) is { } problem)
        {
            Bad("files", problem);
        }
        else
        {
            _lines.Add(("write-ahead log", File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0
                ? "sound" : "empty"));
        }

        // SQLite deletes the log of an empty database.
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            ExamineDatabase(path);
        }
    }

    private void ExamineDatabase(string path)
    {
        bool hadLog = File.Exists(path + "-wal");
        try
        {
            using SqliteConnection connection = OutboxFile.Connect(path, SqliteOpenMode.ReadOnly);
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
            long version = OutboxSchema.Scalar(connection, "PRAGMA user_version") as long? ?? 0;
            if (version > OutboxSchema.Version)
            {
                throw new OutboxException(path, $"was written by a newer version of this program (layout {version}).",
                    "Run that version.");
            }

            if (OutboxCheck.StructureProblem(connection) is { } problem)
            {
                Bad("structure", problem);
            }
            else
            {
                _lines.Add(("structure", "sound"));
            }

            foreach (OutboxTableCount count in OutboxCheck.Count(connection))
            {
                Add(count);
            }

            if (OutboxMark.Problem(path, connection) is { } lost)
            {
                Bad("last commits", $"lost: {lost}");
            }
        }
        catch (SqliteException error)
        {
            Bad("structure", error.SqliteErrorCode == 14
                ? $"{error.Message}: copy the files to a folder that can be written" : error.Message);
        }
        finally
        {
            // SQLite makes an empty log where there was none.
            if (!hadLog && File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length == 0)
            {
                File.Delete(path + "-wal");
                File.Delete(path + "-shm");
            }
        }
    }

    private void Add(OutboxTableCount count)
    {
        if (count.Problem is { } problem)
        {
            Bad(count.Title, $"{count.Rows} sound up to where it cannot be read: {problem}");
        }
        else if (count.Damaged > 0)
        {
            Bad(count.Title, $"{count.Rows}, {count.Damaged} of them not what was written");
        }
        else
        {
            _lines.Add((count.Title, $"{count.Rows}, all sound"));
        }
    }

    private void Bad(string part, string text)
    {
        _lines.Add((part, text));
        _problems.Add($"{part}: {text}");
    }
}
