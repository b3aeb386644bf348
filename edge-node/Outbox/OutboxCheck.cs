using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Verifies an outbox, as at every start: SQLite's own structure, then every row.</summary>
internal static class OutboxCheck
{
    /// <summary>What the outbox consists of; rows of <c>event</c>, <c>dead</c> and <c>checkpoint</c> carry checksums.</summary>
    private static readonly Table[] Tables =
    [
        new("event", "unsent events", OutboxRows.EventColumns, HasChecksum: true, OutboxRows.IsEvent),
        new("dead", "dead letters", OutboxRows.DeadColumns, HasChecksum: true, OutboxRows.IsDead),
        new("checkpoint", "checkpoints", OutboxRows.CheckpointColumns, HasChecksum: true, OutboxRows.IsCheckpoint),
        new("loss", "losses to report", OutboxRows.LossColumns, HasChecksum: false, OutboxRows.IsLoss),
        new("clock", "clock", "age, wall", HasChecksum: false, OutboxRows.IsClock),
    ];

    /// <summary>What is wrong, one phrase; null where all is sound.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static string? Problem(SqliteConnection connection)
    {
        if (StructureProblem(connection) is { } problem)
        {
            return problem;
        }

        foreach (Table table in Tables)
        {
            if (Rows(connection, table, stopAtFirst: true) is { Damaged: > 0, Rows: var row })
            {
                return $"row {row} of the table '{table.Name}' is not what was written";
            }
        }

        return null;
    }

    /// <summary>What SQLite itself finds wrong first; null where its pages fit together.</summary>
    public static string? StructureProblem(SqliteConnection connection) =>
        OutboxSchema.Scalar(connection, "PRAGMA quick_check(1)") is var verdict && verdict is "ok" ? null
            : verdict as string ?? "SQLite's check of its pages gives no answer";

    /// <summary>Rows and damaged rows of every table; in a table that cannot be read to its end, what comes before.</summary>
    public static IEnumerable<OutboxTableCount> Count(SqliteConnection connection)
    {
        foreach (Table table in Tables)
        {
            long rows = 0, damaged = 0;
            string? problem = null;
            try
            {
                (rows, damaged) = Rows(connection, table, stopAtFirst: false);
            }
            catch (SqliteException error)
            {
                problem = error.Message;
            }

            yield return new OutboxTableCount(table.Title, rows, damaged, problem);
        }
    }

    private static (long Rows, long Damaged) Rows(SqliteConnection connection, Table table, bool stopAtFirst)
    {
        string checksum = !table.HasChecksum ? "" : OutboxSchema.HasColumn(connection, table.Name, "crc") ? ", crc" : ", NULL";
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = $"SELECT {table.Columns}{checksum} FROM {table.Name}";
        using SqliteDataReader reader = select.ExecuteReader();
        long rows = 0, damaged = 0;
        while (reader.Read())
        {
            rows++;
            if (!table.IsSound(reader))
            {
                damaged++;
                if (stopAtFirst)
                {
                    break;
                }
            }
        }

        return (rows, damaged);
    }

    private sealed record Table(string Name, string Title, string Columns, bool HasChecksum, Func<SqliteDataReader, bool> IsSound);
}
