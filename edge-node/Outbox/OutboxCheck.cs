using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Looks an outbox over, as at every start: SQLite's own structure, then every row.</summary>
internal static class OutboxCheck
{
    /// <summary>What is wrong, one phrase; null where all is sound.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static string? Problem(SqliteConnection connection)
    {
        string verdict = (string)OutboxSchema.Scalar(connection, "PRAGMA quick_check(1)")!;
        if (verdict != "ok")
        {
            return verdict;
        }

        return Rows(connection, "event", OutboxRows.EventColumns + ", crc", OutboxRows.IsEvent)
            ?? Rows(connection, "dead", OutboxRows.DeadColumns + ", crc", OutboxRows.IsDead)
            ?? Rows(connection, "checkpoint", OutboxRows.CheckpointColumns + ", crc", OutboxRows.IsCheckpoint)
            ?? Rows(connection, "loss", OutboxRows.LossColumns, OutboxRows.IsLoss)
            ?? Rows(connection, "clock", "age, wall", OutboxRows.IsClock);
    }

    private static string? Rows(SqliteConnection connection, string table, string columns, Func<SqliteDataReader, bool> isSound)
    {
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = $"SELECT {columns} FROM {table}";
        using SqliteDataReader reader = select.ExecuteReader();
        for (long row = 1; reader.Read(); row++)
        {
            if (!isSound(reader))
            {
                return $"row {row} of the table '{table}' is not what was written";
            }
        }

        return null;
    }
}
