using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Reads what can still be read out of a damaged outbox.</summary>
internal static class OutboxSalvage
{
    /// <summary>Copies every sound row that can be reached, checkpoints only where no event is missing, and notes what was found.</summary>
    public static void Copy(string damaged, string problem, SqliteConnection fresh)
    {
        using SqliteTransaction transaction = fresh.BeginTransaction();
        (long events, bool complete, int checkpoints) = (0, false, 0);
        int? page = OutboxLogFile.Repair(damaged + "-wal");
        try
        {
            if (page is { } bytes && new FileInfo(damaged) is var main && (!main.Exists || main.Length == 0))
            {
                // SQLite throws the log of an empty database away; a page of nothing makes it look into the log for the first.
                File.WriteAllBytes(damaged, new byte[bytes]);
            }

            using SqliteConnection old = OutboxFile.Connect(damaged, SqliteOpenMode.ReadWrite);
            (events, complete) = CopyEvents(old, fresh);
            complete &= OutboxMark.Problem(damaged, old) is null;
            CopyRows(old, fresh, "dead", OutboxRows.DeadColumns, checksums: true, OutboxRows.IsDead);
            CopyRows(old, fresh, "loss", OutboxRows.LossColumns, checksums: false, OutboxRows.IsLoss);
            CopyRows(old, fresh, "clock", "age, wall, one, clean", checksums: false, OutboxRows.IsClock);
            checkpoints = complete ? CopyRows(old, fresh, "checkpoint", OutboxRows.CheckpointColumns, checksums: true, OutboxRows.IsCheckpoint) : 0;
        }
        catch (SqliteException)
        {
            // Not even opened: only its pages can be searched.
            complete = false;
        }

        if (!complete)
        {
            events += Carve(damaged, page ?? OutboxSchema.PageBytes, fresh);
        }

        using SqliteCommand note = fresh.CreateCommand();
        note.CommandText = "INSERT INTO recovery(one, aside, problem, events, complete, checkpoints) VALUES (1, $aside, $problem, $events, $complete, $checkpoints)";
        note.Parameters.AddWithValue("$aside", damaged);
        note.Parameters.AddWithValue("$problem", problem);
        note.Parameters.AddWithValue("$events", events);
        note.Parameters.AddWithValue("$complete", complete ? 1 : 0);
        note.Parameters.AddWithValue("$checkpoints", checkpoints);
        note.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>Adds the rows that the structure does not lead to any more.</summary>
    /// <returns>How many events.</returns>
    private static long Carve(string damaged, int pageBytes, SqliteConnection fresh)
    {
        using var carving = new OutboxCarving(damaged, OutboxLogFile.FoundOf(damaged + "-wal"), pageBytes);
        long events = 0;
        foreach ((string table, string columns) in new[] { ("event", OutboxRows.EventColumns + ", crc"), ("dead", OutboxRows.DeadColumns + ", crc") })
        {
            using SqliteCommand insert = Insert(fresh, table, columns);
            foreach (object?[] row in carving.Rows(insert.Parameters.Count))
            {
                for (int i = 0; i < row.Length; i++)
                {
                    insert.Parameters[i].Value = row[i] ?? DBNull.Value;
                }

                int added = insert.ExecuteNonQuery();
                events += table == "event" ? added : 0;
            }
        }

        return events;
    }

    /// <summary>Goes through the events by their numbers. Where a page cannot be read, the next number that can is looked for.</summary>
    private static (long Events, bool Complete) CopyEvents(SqliteConnection old, SqliteConnection fresh)
    {
        using SqliteCommand insert = Insert(fresh, "event", OutboxRows.EventColumns + ", crc");
        string crc = OutboxSchema.HasColumn(old, "event", "crc") ? "crc" : "NULL";
        long events = 0, last = 0;
        bool complete = true;
        while (true)
        {
            long before = last;
            try
            {
                // Unindexed on purpose: an index may be what is damaged.
                using SqliteCommand select = old.CreateCommand();
                select.CommandText = $"SELECT {OutboxRows.EventColumns}, {crc} FROM event NOT INDEXED WHERE seq > $after ORDER BY seq";
                select.Parameters.AddWithValue("$after", last);
                using SqliteDataReader reader = select.ExecuteReader();
                while (reader.Read())
                {
                    last = Math.Max(last + 1, reader.GetValue(0) as long? ?? 0);
                    if (OutboxRows.IsEvent(reader))
                    {
                        events += Put(insert, reader, checksumFrom: 1);
                    }
                    else
                    {
                        complete = false;
                    }
                }

                return (events, complete);
            }
            catch (SqliteException)
            {
                complete = false;
                if (NextReadable(old, last) is not { } next)
                {
                    return (events, complete);
                }

                // The row itself, where it can be found but not be read: passed over, or it would be tried for ever.
                last = next - 1 > before ? next - 1 : next;
            }
        }
    }

    /// <summary>The least number after <paramref name="last"/> from which a row can be read; null where none follows.</summary>
    private static long? NextReadable(SqliteConnection old, long last)
    {
        long end = long.MaxValue;
        try
        {
            end = OutboxSchema.Scalar(old, "SELECT max(seq) FROM event NOT INDEXED") as long? ?? long.MaxValue;
        }
        catch (SqliteException)
        {
            // The last page is among the damaged ones.
        }

        // Doubling until it can be read again, then back to the first such number.
        long low = last, step = 1;
        long? found = null;
        for (int tries = 0; tries < 62 && found is null && low < end; tries++, step *= 2)
        {
            long from = last + step;
            found = From(old, from);
            low = found is null ? from : low;
        }

        if (found is null)
        {
            return null;
        }

        long high = found.Value;
        while (low + 1 < high)
        {
            long middle = low + ((high - low) / 2);
            if (From(old, middle) is { } readable)
            {
                (high, found) = (middle, readable);
            }
            else
            {
                low = middle;
            }
        }

        return found;
    }

    /// <summary>The first row at or after a number; null where it cannot be read, or there is none.</summary>
    private static long? From(SqliteConnection old, long sequence)
    {
        try
        {
            using SqliteCommand select = old.CreateCommand();
            select.CommandText = "SELECT seq, data FROM event NOT INDEXED WHERE seq >= $from ORDER BY seq LIMIT 1";
            select.Parameters.AddWithValue("$from", sequence);
            using SqliteDataReader reader = select.ExecuteReader();
            return reader.Read() && reader.GetValue(0) is long found && found >= sequence ? found : null;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static int CopyRows(
        SqliteConnection old, SqliteConnection fresh, string table, string columns, bool checksums, Func<SqliteDataReader, bool> isSound)
    {
        int rows = 0;
        try
        {
            using SqliteCommand insert = Insert(fresh, table, checksums ? columns + ", crc" : columns);
            using SqliteCommand select = old.CreateCommand();
            select.CommandText = $"SELECT {columns}{(!checksums ? "" : OutboxSchema.HasColumn(old, table, "crc") ? ", crc" : ", NULL")} FROM {table} NOT INDEXED";
            using SqliteDataReader reader = select.ExecuteReader();
            while (reader.Read())
            {
                if (isSound(reader))
                {
                    rows += Put(insert, reader, !checksums ? -1 : table == "checkpoint" ? 0 : 1);
                }
            }
        }
        catch (SqliteException)
        {
            // What comes before the damage is kept.
        }

        return rows;
    }

    private static SqliteCommand Insert(SqliteConnection fresh, string table, string columns)
    {
        SqliteCommand insert = fresh.CreateCommand();
        int count = columns.Split(',').Length;
        insert.CommandText = $"INSERT OR IGNORE INTO {table}({columns}) VALUES ({string.Join(", ", Enumerable.Range(0, count).Select(i => $"$p{i}"))})";
        for (int i = 0; i < count; i++)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        }

        return insert;
    }

    /// <param name="insert">The statement.</param>
    /// <param name="row">The row.</param>
    /// <param name="checksumFrom">First column of the checksum, which is the last column; -1 for a table without.</param>
    private static int Put(SqliteCommand insert, SqliteDataReader row, int checksumFrom)
    {
        for (int i = 0; i < insert.Parameters.Count; i++)
        {
            insert.Parameters[i].Value = row.GetValue(i);
        }

        if (checksumFrom >= 0)
        {
            int last = insert.Parameters.Count - 1;
            insert.Parameters[last].Value = OutboxRows.Checksum(row, checksumFrom, last - checksumFrom);
        }

        return insert.ExecuteNonQuery();
    }
}
