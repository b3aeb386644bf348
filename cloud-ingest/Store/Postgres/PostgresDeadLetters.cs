using Npgsql;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>Dead letters have a bound of their own and never displace events.</summary>
internal static class PostgresDeadLetters
{
    /// <summary>Removes what is above <paramref name="bound"/>: the oldest of the senders that have most.</summary>
    /// <returns>How many were removed.</returns>
    public static async Task<int> TrimAsync(NpgsqlConnection connection, long bound, CancellationToken cancellation)
    {
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        NpgsqlCommand summing = connection.CreateCommand();
        await using (summing.ConfigureAwait(false))
        {
            summing.CommandText = "SELECT sender, sum(size)::bigint FROM dead_letters GROUP BY sender";
            NpgsqlDataReader reader = await summing.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    totals.Add(reader.GetString(0), reader.GetInt64(1));
                }
            }
        }

        if (totals.Values.Sum() <= bound)
        {
            return 0;
        }

        long level = DeadLetterShares.Level(totals.Values, bound - (bound / DeadLetterShares.Slack));
        int removed = 0;
        foreach (string sender in totals.Where(pair => pair.Value > level).Select(pair => pair.Key))
        {
            NpgsqlCommand removing = connection.CreateCommand();
            await using (removing.ConfigureAwait(false))
            {
                removing.CommandText = """
                    DELETE FROM dead_letters WHERE sender = $1 AND seq <= (
                        SELECT max(seq) FROM (SELECT seq, sum(size) OVER (ORDER BY seq DESC) AS newer FROM dead_letters WHERE sender = $1) sums
                        WHERE newer > $2)
                    """;
                removing.Parameters.Add(new NpgsqlParameter { Value = sender });
                removing.Parameters.Add(new NpgsqlParameter { Value = level });
                removed += await removing.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
        }

        return removed;
    }
}
