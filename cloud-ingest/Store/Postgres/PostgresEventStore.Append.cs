using Npgsql;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Postgres;

public sealed partial class PostgresEventStore
{
    /// <exception cref="StoreException">The database refused, or the connection was lost: then nothing was written, or all of it and only
    /// the answer is missing. Append the same again: ids and positions tell.</exception>
    /// <exception cref="RefusedDataException">A value cannot be stored.</exception>
    public async Task<AppendResult> AppendAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        AppendResult result = await WriteAsync(
            writer => new PostgresAppend(writer, _memory, _layout, _catalogue, _options, _token).RunAsync(records, positions, cancellation), cancellation).ConfigureAwait(false);
        Commits.Raise();
        return result;
    }

    public async Task<IReadOnlyList<LogPosition>> ReadPositionsAsync(CancellationToken cancellation) => await ReadAsync(
        "SELECT partition, next FROM positions ORDER BY partition",
        reader => new LogPosition(reader.GetString(0), reader.GetInt64(1)), [], cancellation).ConfigureAwait(false);

    /// <summary>Runs <paramref name="write"/> alone in this process; after an error the next write begins on a new connection.</summary>
    private async Task<T> WriteAsync<T>(Func<PostgresWriter, Task<T>> write, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await TellAsync(async () =>
            {
                _writer ??= await PostgresWriter.OpenAsync(_connections.Writer, cancellation).ConfigureAwait(false);
                try
                {
                    return await write(_writer).ConfigureAwait(false);
                }
                catch (Exception error) when (IsOfData(error))
                {
                    throw new RefusedDataException($"the store refuses it: {(error as PostgresException)?.MessageText ?? error.Message}", error);
                }
            }, cancellation).ConfigureAwait(false);
        }
        catch (RefusedDataException) when (_writer is { Connection.FullState: System.Data.ConnectionState.Open })
        {
            // Rolled back; the connection is as good as before.
            throw;
        }
        catch (Exception error) when (error is not PositionConflictException)
        {
            await DropWriterAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Whether an error is about values, not about the database: SQLSTATE classes 22 (data exception), 23 (integrity constraint) and 54 (program limit).</summary>
    private static bool IsOfData(Exception error) => error switch
    {
        PostgresException { SqlState: { Length: 5 } state } => state[..2] is "22" or "23" or "54",
        _ => error is System.Text.Json.JsonException or FormatException or OverflowException or InvalidCastException,
    };
}
