using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Reads what can still be read out of a damaged outbox.</summary>
internal static class OutboxSalvage
{
    private const string Columns = "seq, priority, id, source, type, time, committed, age, data";

    /// <summary>Copies events from both ends up to the damage, and checkpoints where no event is missing.</summary>
    public static (long Events, bool Complete, int Checkpoints) Copy(string damaged, SqliteConnection fresh)
    {
        try
        {
            using SqliteConnection old = OutboxFile.Connect(damaged, SqliteOpenMode.ReadWrite);
            using SqliteTransaction transaction = fresh.BeginTransaction();
            bool complete = CopyEvents(old, fresh, descending: false);
            if (!complete)
            {
                // The damage is in the way: what lies behind it is read from the other end.
                CopyEvents(old, fresh, descending: true);
            }

            long events = (long)OutboxSchema.Scalar(fresh, "SELECT count(*) FROM event")!;
            int checkpoints = complete ? CopyRows(old, fresh, "checkpoint", "stream, fingerprint, position, state, finished") : 0;
            CopyRows(old, fresh, "dead", "seq, priority, id, source, type, time, committed, refused, reason, data");
            CopyRows(old, fresh, "loss", "reason, telemetry, facts, alarms, oldest, newest");
            CopyRows(old, fresh, "clock", "one, age, wall, clean");
            transaction.Commit();
            return (events, complete, checkpoints);
        }
        catch (SqliteException)
        {
            // Not even opened: what it held is in the file that was set aside, and the report says that nothing was saved.
            return (0, false, 0);
        }
    }

    private static bool CopyEvents(SqliteConnection old, SqliteConnection fresh, bool descending)
    {
        using SqliteCommand insert = Insert(fresh, "event", Columns);
        bool sound = true;
        try
        {
            // Unindexed on purpose: an index may be what is damaged.
            Copy(old, insert, $"SELECT {Columns} FROM event NOT INDEXED ORDER BY seq {(descending ? "DESC" : "ASC")}", row =>
            {
                bool whole = IsEvent(row);
                sound &= whole;
                return whole;
            });
            return sound;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static int CopyRows(SqliteConnection old, SqliteConnection fresh, string table, string columns)
    {
        using SqliteCommand insert = Insert(fresh, table, columns);
        try
        {
            return Copy(old, insert, $"SELECT {columns} FROM {table}", _ => true);
        }
        catch (SqliteException)
        {
            return 0;
        }
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

    /// <summary>Whether a row is an event still: a page may be torn in the middle of a payload without SQLite noticing.</summary>
    private static bool IsEvent(SqliteDataReader row) =>
        row.GetValue(1) is >= 0L and <= 2L && row.GetValue(2) is string { Length: > 0 and <= EventAttributes.MaxIdLength }
        && row.GetValue(3) is string source && StreamAddress.TryParse(source, out _)
        && row.GetValue(4) is string type && EventTypeName.TryParse(type, out _)
        && row.GetValue(5) is long and > 0 && row.GetValue(6) is long and > 0 && row.GetValue(7) is long
        && row.GetValue(8) is byte[] data && IsJson(data);

    private static bool IsJson(byte[] data)
    {
        if (!Utf8.IsValid(data))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int Copy(SqliteConnection old, SqliteCommand insert, string query, Func<SqliteDataReader, bool> wanted)
    {
        int rows = 0;
        using SqliteCommand select = old.CreateCommand();
        select.CommandText = query;
        using SqliteDataReader reader = select.ExecuteReader();
        while (reader.Read())
        {
            if (!wanted(reader))
            {
                continue;
            }

            for (int i = 0; i < insert.Parameters.Count; i++)
            {
                insert.Parameters[i].Value = reader.GetValue(i);
            }

            insert.ExecuteNonQuery();
            rows++;
        }

        return rows;
    }
}
