using Microsoft.Data.Sqlite;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <content>Dead letters have a bound of their own and never displace events.</content>
public sealed partial class SqliteEventStore
{
    private long _deadLettersSinceTrim = long.MaxValue / 2;

    private void AddDeadLetter(AppendStatements statements, DeadLetterRecord letter)
    {
        int size = DeadLetterShares.SizeOf(letter);
        statements.AddDeadLetter.Bind(1, letter.Topic);
        statements.AddDeadLetter.Bind(2, letter.Properties);
        statements.AddDeadLetter.Bind(3, letter.Payload.Span);
        statements.AddDeadLetter.Bind(4, letter.Reason);
        statements.AddDeadLetter.Bind(5, letter.Arrival.UtcTicks);
        statements.AddDeadLetter.Bind(6, DeadLetterShares.SenderOf(letter));
        statements.AddDeadLetter.Bind(7, size);
        statements.AddDeadLetter.Run();
        _deadLettersSinceTrim += size;
    }

    /// <summary>Within a transaction: where enough has come since the last time, removes what is above the bound.</summary>
    private int KeepDeadLettersBounded()
    {
        if (_deadLettersSinceTrim < _options.DeadLetterBytes / DeadLetterShares.Slack)
        {
            return 0;
        }

        _deadLettersSinceTrim = 0;
        return TrimDeadLetters(_options.DeadLetterBytes);
    }

    private int TrimDeadLetters(long bound)
    {
        Dictionary<string, long> totals = [];
        using (SqliteCommand command = Command(Writer, "SELECT sender, sum(size) FROM dead_letters GROUP BY sender"))
        using (SqliteDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                totals.Add(reader.GetString(0), reader.GetInt64(1));
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
            removed += Execute(
                Writer,
                """
                DELETE FROM dead_letters WHERE sender = $sender AND seq <= (
                    SELECT max(seq) FROM (
                        SELECT seq, sum(size) OVER (ORDER BY seq DESC) AS newer FROM dead_letters WHERE sender = $sender)
                    WHERE newer > $level)
                """,
                ("$sender", sender), ("$level", level));
        }

        return removed;
    }

    /// <summary>The first to go when the store is full: no more than it is too large by.</summary>
    private int EvictDeadLetters()
    {
        long excess = Excess();
        long total = excess <= 0 ? 0 : Scalar(Writer, "SELECT sum(size) FROM dead_letters");
        if (total == 0)
        {
            return 0;
        }

        using SqliteTransaction transaction = Writer.BeginTransaction();
        // At least a page's worth, so that it comes to an end.
        int removed = TrimDeadLetters(Math.Min(total - 1, total - excess));
        transaction.Commit();
        return removed;
    }
}
