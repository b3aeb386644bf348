using System.Globalization;
using Npgsql;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>How a sweep speaks to the database.</summary>
internal sealed partial class PostgresSweep
{
    private async Task<List<EventPartition>> PartitionsAsync(CancellationToken cancellation)
    {
        var found = new List<EventPartition>();
        NpgsqlCommand command = Command(layout.Partitions);
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    found.Add(new EventPartition(
                        reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetString(5)));
                }
            }
        }

        return found;
    }

    /// <summary>The series that have events in a partition, with how long these are kept today.</summary>
    private async Task<List<(int Id, TimeSpan? Keep)>> SeriesAsync(EventPartition partition, CancellationToken cancellation)
    {
        var found = new List<(int, TimeSpan?)>();
        NpgsqlCommand command = Command($"SELECT s.id, s.type FROM series s WHERE EXISTS (SELECT FROM {partition.Table} e WHERE e.series = s.id)");
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    found.Add((reader.GetInt32(0), catalogue.KeepFor(reader.GetString(1))));
                }
            }
        }

        return found;
    }

    /// <summary>Deletes the rows of a partition whose ctid <paramref name="which"/> selects, and takes them out of the feed.</summary>
    private static string Deleting(EventPartition partition, string which) => $"""
        WITH gone AS (DELETE FROM {partition.Table} WHERE ctid = ANY (ARRAY({string.Format(CultureInfo.InvariantCulture, which, partition.Table)})) RETURNING seq)
        DELETE FROM feed WHERE seq IN (SELECT seq FROM gone)
        """;

    /// <summary>As an append does, it locks the head first: two writers never wait for each other crosswise.</summary>
    private async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ScalarAsync("SELECT seq FROM head FOR UPDATE", cancellation).ConfigureAwait(false);
            T result = await work().ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return result;
        }
    }

    /// <returns>Rows that it changed.</returns>
    private async Task<long> ExecuteAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        NpgsqlCommand command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        NpgsqlCommand command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts come from this class alone; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
