using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>A bounded set of reading connections. WAL: they see the last commit and never wait for the writer.</summary>
internal sealed class SqliteReaders(string connectionString, int count) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SemaphoreSlim _free = new(count, count);
    private bool _disposed;

    /// <summary>Runs <paramref name="read"/> in one snapshot on a thread of the pool; cancellation interrupts the running statement.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Run(read, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out SqliteConnection? connection))
        {
            connection.Dispose();
        }
    }

    private T Run<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        if (!_idle.TryTake(out SqliteConnection? connection))
        {
            connection = Open();
        }

        bool reusable = false;
        try
        {
            using CancellationTokenRegistration interrupt = cancellation.Register(
                static handle => raw.sqlite3_interrupt((sqlite3)handle!), connection.Handle);
            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            T result = read(connection);
            snapshot.Commit();
            reusable = true;
            return result;
        }
        catch (SqliteException error) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", error, cancellation);
        }
        finally
        {
            if (reusable && !_disposed)
            {
                _idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = SqliteSchema.Connection + " PRAGMA query_only = ON;";
        command.ExecuteNonQuery();
        return connection;
    }
}
