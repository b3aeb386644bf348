using Microsoft.Data.Sqlite;
using Sensing.CloudIngest.Configuration;
using Sensing.Events;
using Sensing.Files;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>The embedded store: one SQLite file in WAL mode with full synchronisation, one writer, many readers.</summary>
public sealed partial class SqliteEventStore : IEventStore
{
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly string _connectionString;
    private readonly SqliteReaders _readers;
    private readonly SeriesCatalogue _catalogue;
    private readonly SqliteSeries _series;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private SqliteConnection? _writer;
    private AppendStatements? _append;
    private WalCheckpoint? _checkpoint;

    /// <param name="options">File and retention.</param>
    /// <param name="catalogue">Priorities, retention and measures of the event types.</param>
    /// <param name="readers">Reading connections at most.</param>
    /// <param name="time">Clock of arrival and retention.</param>
    public SqliteEventStore(StoreOptions options, EventCatalogue catalogue, int readers, TimeProvider time)
    {
        _options = options;
        _catalogue = new SeriesCatalogue(catalogue, options);
        _series = new SqliteSeries(_catalogue);
        _time = time;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = false }.ToString();
        _readers = new SqliteReaders(_connectionString, readers);
    }

    public CommitSignal Commits { get; } = new();

    /// <exception cref="StoreException">The file cannot be opened or is none of this store's.</exception>
    public async Task<OpenedStore> OpenAsync(CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(_options.Path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await WriteAsync(() =>
        {
            try
            {
                PrivateFile.Create(_options.Path);
                _writer = new SqliteConnection(_connectionString);
                _writer.Open();
                CreateTables(_writer);
                _series.Load(_writer);
                _append = new AppendStatements(_writer);
                _checkpoint = new WalCheckpoint(_connectionString, _writer, alone => WriteAsync(() =>
                {
                    alone();
                    return true;
                }, CancellationToken.None));
                return true;
            }
            catch (SqliteException error)
            {
                throw new StoreException(
                    $"{_options.Path} cannot be used as the store ({error.Message}). Check that the folder can be written and the file is a store of cloud-ingest; move a damaged file away to begin anew.", error);
            }
        }, cancellation).ConfigureAwait(false);
        return new OpenedStore("SQLite", null);
    }

    public Task<long> ReadHeadAsync(CancellationToken cancellation) => _readers.RunAsync(Head, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_checkpoint is { } checkpoint)
        {
            await checkpoint.DisposeAsync().ConfigureAwait(false);
        }

        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _readers.Dispose();
            _append?.Dispose();
            _append = null;
            _writer?.Dispose();
            _writer = null;
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void CreateTables(SqliteConnection connection)
    {
        long version = Scalar(connection, "PRAGMA user_version");
        if (version == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            Execute(connection, SqliteSchema.BeforeTables);
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute(connection, SqliteSchema.Tables + $"PRAGMA user_version = {SqliteSchema.Version};");
            transaction.Commit();
        }
        else if (version is 1 or 2)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute(connection, (version == 1 ? SqliteSchema.FromVersion1 : "") + SqliteSchema.FromVersion2 + $"PRAGMA user_version = {SqliteSchema.Version};");
            transaction.Commit();
        }
        else if (version != SqliteSchema.Version)
        {
            throw new StoreException(
                $"{connection.DataSource} is of version {version}, this program writes version {SqliteSchema.Version}: choose another store.path, or the program that wrote it.");
        }

        Execute(connection, SqliteSchema.Connection);
    }

    /// <summary>Runs <paramref name="write"/> alone, on a thread of the pool.</summary>
    private async Task<T> WriteAsync<T>(Func<T> write, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(write, cancellation).ConfigureAwait(false);
        }
        finally
        {
            try
            {
                _checkpoint?.Look();
            }
            finally
            {
                _writing.Release();
            }
        }
    }

    private SqliteConnection Writer => _writer ?? throw new InvalidOperationException("The store is not open.");

    /// <summary>Taken from the sequence table, so that it stays where it is when a sweep removes the newest event.</summary>
    private static long Head(SqliteConnection connection) => Scalar(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'events'");

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private static int Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts come from this class alone; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
