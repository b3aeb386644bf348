using Microsoft.Data.Sqlite;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>The statements of an append, prepared once for the life of the writer.</summary>
internal sealed class AppendStatements : IDisposable
{
    /// <summary>Events in one run of <see cref="AddEvents"/>: what a statement costs beside its rows (the sequence read and written, cursors
    /// opened) is then little for each.</summary>
    public const int Rows = 32;

    /// <summary>Values of an event.</summary>
    public const int EventValues = 9;

    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteConnection _connection;

    public AppendStatements(SqliteConnection connection)
    {
        _connection = connection;
        // Written, it is 0 for the first series of a source, which is itself the origin.
        AddSeries = Prepare(
            "INSERT INTO series (source, type, measure, origin) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET type = type RETURNING id");
        AddEvent = Prepare(AddEventRows(1));
        AddEvents = Prepare(AddEventRows(Rows));
        FindHead = Prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'");
        FindAdded = Prepare("SELECT seq FROM events WHERE seq BETWEEN ? AND ?");
        UpdateSeries = Prepare(
            """
            UPDATE series SET count = count + ?2, last_arrival = max(last_arrival, ?3),
                last_time = CASE WHEN ?4 >= latest_rank THEN ?5 ELSE last_time END,
                latest_seq = CASE WHEN ?4 >= latest_rank THEN ?6 ELSE latest_seq END,
                latest_rank = max(latest_rank, ?4)
            WHERE id = ?1
            """);
        AddRollup = Prepare(
            """
            INSERT INTO rollups (series, step, time, count, measured, sum, min, max, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (series, step, time) DO UPDATE SET
                count = count + excluded.count, sum = sum + excluded.sum, changed = max(changed, excluded.changed),
                min = CASE WHEN excluded.measured = 0 THEN min WHEN measured = 0 THEN excluded.min ELSE min(min, excluded.min) END,
                max = CASE WHEN excluded.measured = 0 THEN max WHEN measured = 0 THEN excluded.max ELSE max(max, excluded.max) END,
                measured = measured + excluded.measured
            """);
        AddMeasure = Prepare(
            """
            INSERT INTO rollup_measures (series, step, time, measure, measured, sum, min, max) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (series, step, time, measure) DO UPDATE SET
                measured = measured + excluded.measured, sum = sum + excluded.sum, min = min(min, excluded.min), max = max(max, excluded.max)
            """);
        SetNode = Prepare(
            """
            INSERT INTO nodes (site, node, status, received, version)
            SELECT ?1, ?2, ?3, ?4, (SELECT coalesce(max(version), 0) + 1 FROM nodes)
            WHERE EXISTS (SELECT 1 FROM nodes WHERE site = ?1 AND node = ?2)
                OR ((SELECT count(*) FROM nodes WHERE node = ?2) < ?5 AND (SELECT count(*) FROM nodes) < ?6)
            ON CONFLICT (site, node) DO UPDATE SET status = excluded.status, received = excluded.received, version = excluded.version
            """);
        AddDeadLetter = Prepare(
            "INSERT INTO dead_letters (topic, properties, payload, reason, arrival, sender, size) VALUES (?, ?, ?, ?, ?, ?, ?)");
        FindPosition = Prepare("SELECT next FROM positions WHERE partition = ?");
        SetPosition = Prepare(
            "INSERT INTO positions (partition, next) VALUES (?, ?) ON CONFLICT (partition) DO UPDATE SET next = excluded.next");
    }

    public SqliteStatement AddSeries { get; }

    public SqliteStatement AddEvent { get; }

    /// <summary>As <see cref="AddEvent"/>, <see cref="Rows"/> of them.</summary>
    public SqliteStatement AddEvents { get; }

    /// <summary>Newest sequence number given.</summary>
    public SqliteStatement FindHead { get; }

    /// <summary>Which sequence numbers from one to another have an event.</summary>
    public SqliteStatement FindAdded { get; }

    public SqliteStatement UpdateSeries { get; }

    public SqliteStatement AddRollup { get; }

    /// <summary>Adds to a further measure of a roll-up.</summary>
    public SqliteStatement AddMeasure { get; }

    /// <summary>Changes nothing where the node is one too many.</summary>
    public SqliteStatement SetNode { get; }

    public SqliteStatement AddDeadLetter { get; }

    public SqliteStatement FindPosition { get; }

    public SqliteStatement SetPosition { get; }

    public void Dispose() => _all.ForEach(statement => statement.Dispose());

    private static string AddEventRows(int rows) =>
        $"INSERT OR ROLLBACK INTO events (seq, id, series, time, arrival, committed, flags, data, origin) VALUES {string.Join(", ", Enumerable.Repeat("(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows))} ON CONFLICT (id, origin) DO NOTHING";

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _all.Add(statement);
        return statement;
    }
}
