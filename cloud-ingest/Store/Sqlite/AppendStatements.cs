using Microsoft.Data.Sqlite;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>The statements of an append, prepared once for the life of the writer.</summary>
internal sealed class AppendStatements : IDisposable
{
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteConnection _connection;

    public AppendStatements(SqliteConnection connection)
    {
        _connection = connection;
        AddSeries = Prepare(
            "INSERT INTO series (source, type) VALUES ($a, $b) ON CONFLICT DO UPDATE SET type = type RETURNING id", 2);
        AddEvent = Prepare(
            "INSERT INTO events (id, series, time, arrival, committed, flags, data) VALUES ($a, $b, $c, $d, $e, $f, $g) ON CONFLICT (id) DO NOTHING", 7);
        UpdateSeries = Prepare(
            """
            UPDATE series SET count = count + $b, last_arrival = max(last_arrival, $c),
                last_time = CASE WHEN $d >= latest_rank THEN $e ELSE last_time END,
                latest_seq = CASE WHEN $d >= latest_rank THEN $f ELSE latest_seq END,
                latest_rank = max(latest_rank, $d)
            WHERE id = $a
            """, 6);
        AddRollup = Prepare(
            """
            INSERT INTO rollups (series, step, time, count, measured, sum, min, max, changed) VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i)
            ON CONFLICT (series, step, time) DO UPDATE SET
                count = count + excluded.count, sum = sum + excluded.sum, changed = max(changed, excluded.changed),
                min = CASE WHEN excluded.measured = 0 THEN min WHEN measured = 0 THEN excluded.min ELSE min(min, excluded.min) END,
                max = CASE WHEN excluded.measured = 0 THEN max WHEN measured = 0 THEN excluded.max ELSE max(max, excluded.max) END,
                measured = measured + excluded.measured
            """, 9);
        SetNode = Prepare(
            """
            INSERT INTO nodes (site, node, status, received, version) VALUES ($a, $b, $c, $d, (SELECT coalesce(max(version), 0) + 1 FROM nodes))
            ON CONFLICT (site, node) DO UPDATE SET status = excluded.status, received = excluded.received, version = excluded.version
            """, 4);
        AddDeadLetter = Prepare(
            "INSERT INTO dead_letters (topic, properties, payload, reason, arrival) VALUES ($a, $b, $c, $d, $e)", 5);
        FindPosition = Prepare("SELECT next FROM positions WHERE partition = $a", 1);
        SetPosition = Prepare(
            "INSERT INTO positions (partition, next) VALUES ($a, $b) ON CONFLICT (partition) DO UPDATE SET next = excluded.next", 2);
    }

    public SqliteCommand AddSeries { get; }

    public SqliteCommand AddEvent { get; }

    public SqliteCommand UpdateSeries { get; }

    public SqliteCommand AddRollup { get; }

    public SqliteCommand SetNode { get; }

    public SqliteCommand AddDeadLetter { get; }

    public SqliteCommand FindPosition { get; }

    public SqliteCommand SetPosition { get; }

    /// <summary>Binds <paramref name="values"/> in order.</summary>
    public static SqliteCommand With(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }

    public void Dispose() => _all.ForEach(command => command.Dispose());

    private SqliteCommand Prepare(string sql, int parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts above.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (int i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter($"${(char)('a' + i)}", null));
        }

        _all.Add(command);
        return command;
    }
}
