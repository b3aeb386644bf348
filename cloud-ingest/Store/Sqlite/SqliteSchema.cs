namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>Tables of the store's file. Times are ticks of 100 ns since 0001-01-01, UTC.</summary>
internal static class SqliteSchema
{
    /// <summary>In <c>PRAGMA user_version</c>; a file of an older version is brought up, one of a newer version is refused.</summary>
    public const int Version = 2;

    /// <summary>From version 1, whose roll-ups had one measure at most.</summary>
    public const string FromVersion1 = "ALTER TABLE series ADD COLUMN measure TEXT;" + RollupMeasures;

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

    /// <remarks>An id of 32 hexadecimal digits is kept as 16 bytes, any other as text: SQLite never takes the one for the other.
    /// AUTOINCREMENT: a sequence number is never given twice, so a live reader's cursor stays true after a sweep.</remarks>
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
            UNIQUE (source, type)
        ) STRICT;
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id ANY NOT NULL UNIQUE,
            series INTEGER NOT NULL,
            time INTEGER NOT NULL,
            arrival INTEGER NOT NULL,
            committed INTEGER,
            flags INTEGER NOT NULL,
            data BLOB NOT NULL
        ) STRICT;
        CREATE INDEX events_by_time ON events (series, time, seq);
        CREATE INDEX events_by_series ON events (series, seq);
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
        CREATE TABLE dead_letters (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            topic TEXT NOT NULL,
            properties TEXT NOT NULL,
            payload BLOB NOT NULL,
            reason TEXT NOT NULL,
            arrival INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE positions (
            partition TEXT PRIMARY KEY,
            next INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """ + RollupMeasures;
}
