using System.Net.Sockets;
using Npgsql;
using Sensing.CloudIngest.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>The store in a PostgreSQL database (14 or later; with TimescaleDB where it is), for several processes that write and read at a time.</summary>
/// <remarks>Appends of all processes come one after the other: each locks the one row of head first. A process that only reads never
/// opens a connection that writes.</remarks>
public sealed partial class PostgresEventStore : IEventStore
{
    private readonly StoreOptions _options;
    private readonly PostgresOptions _database;
    private readonly SeriesCatalogue _catalogue;
    private readonly TimeProvider _time;
    private readonly PostgresConnections _connections;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly WriterMemory _memory = new();
    private readonly string _token = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IEventLayout _layout = new PartitionLayout();
    private CommitListener? _listener;
    private PostgresWriter? _writer;

    /// <param name="options">Database and retention; <see cref="StoreOptions.Postgres"/> must be there.</param>
    /// <param name="catalogue">Priorities, retention and measures of the event types.</param>
    /// <param name="readers">Reading connections at most.</param>
    /// <param name="time">Clock of retention.</param>
    public PostgresEventStore(StoreOptions options, EventCatalogue catalogue, int readers, TimeProvider time)
    {
        _options = options;
        _catalogue = new SeriesCatalogue(catalogue, options);
        _database = options.Postgres ?? throw new ArgumentException("store.postgres is missing.", nameof(options));
        _time = time;
        _connections = new PostgresConnections(_database, readers);
    }

    public CommitSignal Commits { get; } = new();

    /// <summary>Completes once commits of other processes are heard.</summary>
    internal Task Listening => _listening.Task;

    /// <exception cref="StoreException">The database cannot be reached, its tables are of a newer program, or
    /// <see cref="PostgresOptions.Timescale"/> demands another layout than they have.</exception>
    public Task<OpenedStore> OpenAsync(CancellationToken cancellation) => TellAsync(async () =>
    {
        (_layout, OpenedStore opened) = await EventLayouts.OpenAsync(_connections.Sweeper, _database.Timescale, cancellation).ConfigureAwait(false);
        _listener ??= new CommitListener(_connections.Listener, _token, Commits, _listening);
        return opened;
    }, cancellation);

    public Task<long> ReadHeadAsync(CancellationToken cancellation) =>
        ReadOneAsync("SELECT seq FROM head", reader => reader.GetInt64(0), [], cancellation);

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_listener is { } listener)
            {
                _listener = null;
                await listener.DisposeAsync().ConfigureAwait(false);
            }

            await DropWriterAsync().ConfigureAwait(false);
            await _connections.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async ValueTask DropWriterAsync()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs a query; cancellation stops it in the database.</summary>
    private Task<List<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellation) => TellAsync(async () =>
    {
        NpgsqlCommand command = _connections.Readers.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Texts come from this class alone; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (NpgsqlParameter parameter in parameters)
            {
                command.Parameters.Add(parameter);
            }

            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    rows.Add(row(reader));
                }

                return rows;
            }
        }
    }, cancellation);

    private async Task<T> ReadOneAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellation) =>
        (await ReadAsync(sql, row, parameters, cancellation).ConfigureAwait(false))[0];

    /// <summary>Turns what the driver throws into an error that says where and what to do.</summary>
    private async Task<T> TellAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw Failure("does not answer in time", error);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.QueryCanceled && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", error, cancellation);
        }
        catch (PostgresException error)
        {
            throw Failure(Advice(error), error);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or IOException or TimeoutException)
        {
            throw Failure($"cannot be reached ({Innermost(error)})", error);
        }
    }

    private static string Advice(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"does not let us in ({error.MessageText}): check store.postgres.user and passwordFile",
        PostgresErrorCodes.InvalidCatalogName => $"is not there ({error.MessageText}): create it with CREATE DATABASE",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"refuses ({error.MessageText}): make the role of store.postgres.user the owner of schema {PostgresConnections.Schema}",
        PostgresErrorCodes.QueryCanceled => $"has stopped a statement that took too long ({error.MessageText})",
        PostgresErrorCodes.LockNotAvailable => $"is held by another process ({error.MessageText})",
        PostgresErrorCodes.DiskFull => $"has no room left ({error.MessageText}): give it room, or shorten store.retention",
        _ => $"says: {error.MessageText} ({error.SqlState})",
    };

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error.Message;
    }

    private StoreException Failure(string what, Exception error) => new($"The {_options.Place} {what}.", error);
}
