using Microsoft.Data.Sqlite;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Outbox;

/// <summary>The statements of the one writer, prepared once. Not for several threads.</summary>
internal sealed class OutboxTables : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _bury;
    private readonly SqliteCommand _oldestDead;
    private readonly SqliteCommand _deleteDead;
    private readonly SqliteCommand _checkpoint;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _loss;
    private readonly SqliteCommand _clock;
    private readonly SqliteCommand _candidates;

    public OutboxTables(SqliteConnection connection)
    {
        _connection = connection;
        _insert = Prepare("""
            INSERT INTO event(priority, id, source, type, time, committed, age, data, crc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT(id) DO NOTHING
            """, 9);
        _delete = Prepare("DELETE FROM event WHERE seq = $1", 1);
        _bury = Prepare("""
            INSERT OR IGNORE INTO dead(seq, priority, id, source, type, time, committed, refused, reason, data, crc)
            SELECT seq, priority, id, source, type, time, committed, $2, $3, data, $4 FROM event WHERE seq = $1
            """, 4);
        _oldestDead = Prepare("SELECT seq, priority, length(data), time FROM dead ORDER BY seq LIMIT 1", 0);
        _deleteDead = Prepare("DELETE FROM dead WHERE seq = $1", 1);
        _checkpoint = Prepare("INSERT OR REPLACE INTO checkpoint(stream, fingerprint, position, state, finished, crc) VALUES ($1, $2, $3, zeroblob($4), $5, $6) RETURNING row", 6);
        _forget = Prepare("DELETE FROM checkpoint WHERE stream = $1", 1);
        _loss = Prepare("""
            INSERT INTO loss(reason, telemetry, facts, alarms, oldest, newest) VALUES ($1, $2, $3, $4, $5, $5)
            ON CONFLICT(reason) DO UPDATE SET telemetry = telemetry + $2, facts = facts + $3, alarms = alarms + $4,
              oldest = min(oldest, $5), newest = max(newest, $5)
            """, 5);
        _clock = Prepare("INSERT OR REPLACE INTO clock(one, age, wall, clean) VALUES (1, $1, $2, $3)", 3);
        _candidates = Prepare("SELECT seq, length(data), time, age FROM event WHERE priority = $1 AND seq > $2 ORDER BY seq LIMIT 512", 2);
    }

    public SqliteTransaction Begin()
    {
        SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        foreach (SqliteCommand command in _commands)
        {
            command.Transaction = transaction;
        }

        return transaction;
    }

    /// <returns>False where the outbox holds an event of this id: a repeat after a restart.</returns>
    public bool Insert(SensorEvent sensorEvent, DateTimeOffset committed, long ageMs)
    {
        byte[] data = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(sensorEvent.Data, out ArraySegment<byte> segment)
            && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : sensorEvent.Data.ToArray();
        return Insert((int)sensorEvent.Priority, sensorEvent.Id, sensorEvent.Source.Source, sensorEvent.Type.ToString(),
            sensorEvent.Time.UtcTicks, committed.UtcTicks, ageMs, data);
    }

    /// <summary>Number of the event that was inserted last; 0 before the first.</summary>
    public long LastSequence { get; private set; }

    private bool Insert(int priority, string id, string source, string type, long time, long committed, long ageMs, byte[] data)
    {
        bool isNew = Run(_insert, priority, id, source, type, time, committed, ageMs, data,
            OutboxRows.EventChecksum(priority, id, source, type, time, committed, ageMs, data)) > 0;
        LastSequence = isNew ? SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle) : LastSequence;
        return isNew;
    }

    public bool Delete(long sequence) => Run(_delete, sequence) > 0;

    public bool Bury(OutboxEntry entry, DateTimeOffset refused, string reason)
    {
        SensorEvent one = entry.Event;
        return Run(_bury, entry.Sequence, refused.UtcTicks, reason, RowChecksum.Of(
            (int)one.Priority, one.Id, one.Source.Source, one.Type.ToString(), one.Time.UtcTicks, entry.Committed.UtcTicks, refused.UtcTicks, reason,
            one.Data)) > 0;
    }

    /// <summary>Writes the state straight from where it lies: a state may be tens of megabytes, and as a parameter it would be copied twice.</summary>
    public void Save(StreamCheckpoint checkpoint)
    {
        Bind(_checkpoint, checkpoint.Stream, checkpoint.Fingerprint, (object?)checkpoint.Position?.Value ?? DBNull.Value,
            checkpoint.State.Length, checkpoint.Finished ? 1 : 0,
            OutboxRows.CheckpointChecksum(checkpoint.Stream, checkpoint.Fingerprint, checkpoint.Position?.Value, checkpoint.State, checkpoint.Finished));
        long row = (long)_checkpoint.ExecuteScalar()!;
        using var state = new SqliteBlob(_connection, "checkpoint", "state", row);
        state.Write(checkpoint.State.Span);
    }

    public void Forget(string stream) => Run(_forget, stream);

    public void SaveClock(long ageMs, DateTimeOffset wall, bool clean) => Run(_clock, ageMs, wall.UtcTicks, clean ? 1 : 0);

    public void AddLoss(string reason, EventPriority priority, long time) => Run(_loss, reason,
        priority == EventPriority.Telemetry ? 1 : 0, priority == EventPriority.Fact ? 1 : 0, priority == EventPriority.Alarm ? 1 : 0, time);

    /// <summary>The oldest events of a priority after <paramref name="after"/>, at most 512.</summary>
    public List<(long Sequence, long Bytes, long Time, long AgeMs)> Candidates(EventPriority priority, long after)
    {
        Bind(_candidates, (int)priority, after);
        using SqliteDataReader reader = _candidates.ExecuteReader();
        var list = new List<(long, long, long, long)>();
        while (reader.Read())
        {
            list.Add((reader.GetInt64(0), reader.GetInt64(1) + OutboxSchema.EventOverhead, reader.GetInt64(2), reader.GetInt64(3)));
        }

        return list;
    }

    /// <summary>Deletes the oldest dead letter and says what it was; null where there is none.</summary>
    public (EventPriority Priority, long Bytes, long Time)? DropOldestDead()
    {
        long sequence;
        (EventPriority, long, long) row;
        using (SqliteDataReader reader = _oldestDead.ExecuteReader())
        {
            if (!reader.Read())
            {
                return null;
            }

            sequence = reader.GetInt64(0);
            row = ((EventPriority)reader.GetInt32(1), reader.GetInt64(2) + OutboxSchema.EventOverhead, reader.GetInt64(3));
        }

        Run(_deleteDead, sequence);
        return row;
    }

    /// <summary>Moves all dead letters back to the events.</summary>
    /// <returns>Of each: priority, bytes, and whether no event of its id waits already.</returns>
    public List<(EventPriority Priority, long Bytes, bool IsNew)> Revive(long ageMs)
    {
        var letters = new List<(long Sequence, int Priority, string Id, string Source, string Type, long Time, long Committed, byte[] Data)>();
        using (SqliteCommand select = _connection.CreateCommand())
        {
            select.CommandText = "SELECT seq, priority, id, source, type, time, committed, data FROM dead ORDER BY seq";
            select.Transaction = _insert.Transaction;
            using SqliteDataReader reader = select.ExecuteReader();
            while (reader.Read())
            {
                letters.Add((reader.GetInt64(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                    reader.GetInt64(5), reader.GetInt64(6), (byte[])reader.GetValue(7)));
            }
        }

        var revived = new List<(EventPriority, long, bool)>();
        foreach (var letter in letters)
        {
            bool isNew = Insert(letter.Priority, letter.Id, letter.Source, letter.Type, letter.Time, letter.Committed, ageMs, letter.Data);
            revived.Add(((EventPriority)letter.Priority, letter.Data.Length + OutboxSchema.EventOverhead, isNew));
            Run(_deleteDead, letter.Sequence);
        }

        return revived;
    }

    /// <summary>Forgets the note of a salvage, which has been told.</summary>
    public void ForgetRecovery()
    {
        using SqliteCommand delete = _connection.CreateCommand();
        delete.CommandText = "DELETE FROM recovery";
        delete.Transaction = _insert.Transaction;
        delete.ExecuteNonQuery();
    }

    /// <summary>Losses not yet told, and forgets them.</summary>
    public List<OutboxLoss> TakeLosses()
    {
        var losses = new List<OutboxLoss>();
        using SqliteCommand select = _connection.CreateCommand();
        select.CommandText = "DELETE FROM loss RETURNING reason, telemetry, facts, alarms, oldest, newest";
        select.Transaction = _insert.Transaction;
        using SqliteDataReader reader = select.ExecuteReader();
        while (reader.Read())
        {
            losses.Add(new OutboxLoss
            {
                Reason = reader.GetString(0),
                Telemetry = reader.GetInt64(1),
                Facts = reader.GetInt64(2),
                Alarms = reader.GetInt64(3),
                From = new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero),
                To = new DateTimeOffset(reader.GetInt64(5), TimeSpan.Zero),
            });
        }

        return losses;
    }

    public void Dispose() => _commands.ForEach(command => command.Dispose());

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        _commands.Add(command);
        return command;
    }
}
