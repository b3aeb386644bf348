using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>Brings the write-ahead log into the file beside the commits, not within one. It waits for many pages: those of the index of ids
/// are written by nearly every commit, and go to the file once.</summary>
internal sealed class WalCheckpoint : IAsyncDisposable
{
    /// <summary>Pages written to the log before a checkpoint: 32 MB.</summary>
    private const int Pages = 8192;

    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _writer;
    private readonly Func<Action, Task> _alone;
    private int _done;
    private Task _running = Task.CompletedTask;
    private volatile bool _disposed;

    /// <param name="connectionString">Of the store's file.</param>
    /// <param name="writer">The connection that commits; its own checkpoints end.</param>
    /// <param name="alone">Runs something while nobody writes.</param>
    public WalCheckpoint(string connectionString, SqliteConnection writer, Func<Action, Task> alone)
    {
        _writer = writer;
        _alone = alone;
        raw.sqlite3_wal_autocheckpoint(writer.Handle, 0);
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = SqliteSchema.Connection;
        command.ExecuteNonQuery();
    }

    /// <summary>Called after each write, before the next begins.</summary>
    public void Look()
    {
        if (_disposed || !_running.IsCompleted)
        {
            return;
        }

        raw.sqlite3_db_status(_writer.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out int written, out _, 0);
        if (unchecked(written - _done) >= Pages)
        {
            _done = written;
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>Waits for a checkpoint under way, which may wait for a write under way.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await _running.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Most of the log while commits go on, then the little that they have added while they wait: only a log that is in the file as a
    /// whole is begun anew.</summary>
    private async Task RunAsync()
    {
        Run();
        await _alone(Run).ConfigureAwait(false);
    }

    /// <remarks>What it tells is not looked at: where the disk is full or a reader needs the log, the log grows, commits say so when they can no
    /// longer be written, and the next checkpoint does what this one could not.</remarks>
    private void Run()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // As above.
        }
    }
}
