namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>Tables of the store's file. Times are ticks of 100 ns since 0001-01-01, UTC.</summary>
internal static class SqliteSchema
{
    /// <summary>In <c>PRAGMA user_version</c>; a file of an older version is brought up, one of a newer version is refused.</summary>
    public const int Version = 3;

    /// <summary>From version 1, whose roll-ups had one measure at most.</summary>
    public const string FromVersion1 = "ALTER TABLE series ADD COLUMN measure TEXT;" + RollupMeasures;

    /// <summary>From version 2, in which the id alone identified an event, and roll-ups could overflow. The table is written anew, since SQLite keeps the
    /// constraint of a column for good; sequence numbers stay what they were.</summary>
    public const string FromVersion2 = """
        ALTER TABLE series ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
        UPDATE series SET origin = (SELECT min(s.id) FROM series s WHERE s.source = series.source);
        ALTER TABLE events RENAME TO events_before;
        DROP INDEX events_by_time;
        DROP INDEX events_by_series;
        """ + Events + """
        INSERT INTO sqlite_sequence (name, seq) SELECT 'events', seq FROM sqlite_sequence WHERE name = 'events_before';
        INSERT INTO events (seq, origin, id, series, time, arrival, committed, flags, data)
            SELECT e.seq, s.origin, e.id, e.series, e.time, e.arrival, e.committed, e.flags, e.data
            FROM events_before e JOIN series s ON s.id = e.series ORDER BY e.seq;
        DROP TABLE events_before;
        CREATE INDEX nodes_by_name ON nodes (node);
        ALTER TABLE dead_letters ADD COLUMN sender TEXT NOT NULL DEFAULT '';
        ALTER TABLE dead_letters ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
        UPDATE dead_letters SET size = length(topic) + length(properties) + length(payload) + length(reason) + 64;
        CREATE INDEX dead_letters_by_sender ON dead_letters (sender, seq, size);
        UPDATE rollups SET measured = 0, sum = 0, min = 0, max = 0
            WHERE NOT (sum BETWEEN -1e150 AND 1e150 AND min BETWEEN -1e150 AND 1e150 AND max BETWEEN -1e150 AND 1e150);
        DELETE FROM rollup_measures
            WHERE NOT (sum BETWEEN -1e150 AND 1e150 AND min BETWEEN -1e150 AND 1e150 AND max BETWEEN -1e150 AND 1e150);
        """;

    /// <remarks>An event is identified by its source (its first series, <c>series.origin</c>) and its id. An id of 32 hexadecimal digits is kept as 16
    /// bytes, any other as text: SQLite never takes the one for the other. The id comes first in the index, since ids of events that follow
    /// each other lie next to each other. AUTOINCREMENT: a sequence number is never given twice, so a live reader's cursor stays true after a sweep.</remarks>
    private const string Events = """
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            origin INTEGER NOT NULL,
            id ANY NOT NULL,
            series INTEGER NOT NULL,
            time INTEGER NOT NULL,
            arrival INTEGER NOT NULL,
            committed INTEGER,
            flags INTEGER NOT NULL,
            data BLOB NOT NULL,
            UNIQUE (id, origin)
        ) STRICT;
        CREATE INDEX events_by_time ON events (series, time, seq);
        CREATE INDEX events_by_series ON events (series, seq);
        """;

    /// <remarks>rollups holds the measure that <c>series.measure</c> names; every further one has a row here where events carry it.</remarks>
    private const string RollupMeasures = """
        CREATE TABLE rollup_measures (
            series INTEGER NOT NULL,
            step INTEGER NOT NULL,
            time INTEGER NOT NULL,
            measure TEXT NOT NULL,
            measured INTEGER NOT NULL,
            sum REAL NOT NULL,
            min REAL NOT NULL,
            max REAL NOT NULL,
            PRIMARY KEY (series, step, time, measure)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Before the first table: incremental vacuum, so that a sweep gives room back to the disk.</summary>
    public const string BeforeTables = "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;";

    /// <summary>For every connection. FULL: a commit is on the disk before it returns, and publishers are acknowledged only then.</summary>
    public const string Connection = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;";

    public const string Tables = """
        CREATE TABLE series (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            type TEXT NOT NULL,
            count INTEGER NOT NULL DEFAULT 0,
            last_time INTEGER NOT NULL DEFAULT 0,
            last_arrival INTEGER NOT NULL DEFAULT 0,
            latest_seq INTEGER NOT NULL DEFAULT 0,
            latest_rank INTEGER NOT NULL DEFAULT 0,
            measure TEXT,
            origin INTEGER NOT NULL DEFAULT 0,
            UNIQUE (source, type)
        ) STRICT;
        CREATE TABLE rollups (
            series INTEGER NOT NULL,
            step INTEGER NOT NULL,
            time INTEGER NOT NULL,
            count INTEGER NOT NULL,
            measured INTEGER NOT NULL,
            sum REAL NOT NULL,
            min REAL NOT NULL,
            max REAL NOT NULL,
            changed INTEGER NOT NULL,
            PRIMARY KEY (series, step, time)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE nodes (
            site TEXT NOT NULL,
            node TEXT NOT NULL,
            status BLOB NOT NULL,
            received INTEGER NOT NULL,
            version INTEGER NOT NULL UNIQUE,
            PRIMARY KEY (site, node)
        ) STRICT;
        CREATE INDEX nodes_by_name ON nodes (node);
        CREATE TABLE dead_letters (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            topic TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL,
            reason TEXT NOT NULL,
            arrival INTEGER NOT NULL,
            sender TEXT NOT NULL DEFAULT '',
            size INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX dead_letters_by_sender ON dead_letters (sender, seq, size);
        CREATE TABLE positions (
            partition TEXT PRIMARY KEY,
            next INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """ + Events + RollupMeasures;
}
