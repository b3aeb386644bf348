using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>A prepared statement whose values are bound by their place, without objects: an append runs it once or more an event.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The text is no statement.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <param name="place">From 1.</param>
    /// <param name="value">What goes there.</param>
    public void Bind(int place, long value) => Check(raw.sqlite3_bind_int64(_statement, place, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int place, double value) => Check(raw.sqlite3_bind_double(_statement, place, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int place, string value) => Check(raw.sqlite3_bind_text(_statement, place, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int place, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, place, value));

    /// <summary>NULL.</summary>
    public void Bind(int place) => Check(raw.sqlite3_bind_null(_statement, place));

    /// <summary>Runs it to its end with what is bound.</summary>
    /// <returns>Rows that it has inserted, changed or removed.</returns>
    /// <exception cref="SqliteException">It did not go through.</exception>
    public int Run()
    {
        while (Step())
        {
            // Rows are for ReadAll.
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Runs it to its end with what is bound.</summary>
    /// <returns>The first column of each row.</returns>
    /// <exception cref="SqliteException">It did not go through.</exception>
    public List<long> ReadAll()
    {
        var values = new List<long>();
        while (Step())
        {
            values.Add(raw.sqlite3_column_int64(_statement, 0));
        }

        return values;
    }

    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        // Also after an error: what is not reset holds its transaction open. It tells the same error again.
        Check(raw.sqlite3_reset(_statement));
        return false;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
