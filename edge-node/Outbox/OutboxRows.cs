using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Whether rows are what the outbox wrote: a page may be torn, or a bit flipped, without SQLite noticing.</summary>
internal static class OutboxRows
{
    public const string EventColumns = "seq, priority, id, source, type, time, committed, age, data";
    public const string DeadColumns = "seq, priority, id, source, type, time, committed, refused, reason, data";
    public const string CheckpointColumns = "stream, fingerprint, position, state, finished";
    public const string LossColumns = "reason, telemetry, facts, alarms, oldest, newest";

    /// <summary>A hundred years in milliseconds: no age is more.</summary>
    private const long MostAgeMs = 100L * 366 * 86_400_000;
    private const int LongestText = 65_536;

    /// <summary>The checksum of a row: of all columns but the first, <c>seq</c>, which SQLite gives.</summary>
    public static long EventChecksum(int priority, string id, string source, string type, long time, long committed, long age, byte[] data) =>
        RowChecksum.Of(priority, id, source, type, time, committed, age, data);

    public static long CheckpointChecksum(string stream, string fingerprint, string? position, ReadOnlyMemory<byte> state, bool finished) =>
        RowChecksum.Of(stream, fingerprint, position, state, finished ? 1 : 0);

    /// <summary>The checksum of a row that is read: columns from <paramref name="first"/>, <paramref name="count"/> of them.</summary>
    public static long Checksum(SqliteDataReader row, int first, int count)
    {
        var values = new object?[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = row.GetValue(first + i);
        }

        return RowChecksum.Of(values);
    }

    /// <summary>Columns as in <see cref="EventColumns"/>, then the checksum.</summary>
    public static bool IsEvent(SqliteDataReader row) =>
        IsAttributes(row) && row.GetValue(7) is >= 0L and <= MostAgeMs && row.GetValue(8) is byte[] data && Fits(row, 9, 1, 8, data);

    /// <summary>Columns as in <see cref="DeadColumns"/>, then the checksum.</summary>
    public static bool IsDead(SqliteDataReader row) =>
        IsAttributes(row) && IsTicks(row.GetValue(7)) && row.GetValue(8) is string && row.GetValue(9) is byte[] data && Fits(row, 10, 1, 9, data);

    /// <summary>Columns as in <see cref="CheckpointColumns"/>, then the checksum.</summary>
    public static bool IsCheckpoint(SqliteDataReader row) =>
        row.GetValue(0) is string { Length: > 0 and < LongestText } && row.GetValue(1) is string { Length: < LongestText }
        && row.GetValue(2) is DBNull or string && row.GetValue(3) is byte[] && row.GetValue(4) is 0L or 1L
        && (row.GetValue(5) is DBNull || Equals(row.GetValue(5), Checksum(row, 0, 5)));

    /// <summary>Columns as in <see cref="LossColumns"/>.</summary>
    public static bool IsLoss(SqliteDataReader row) =>
        row.GetValue(0) is string { Length: > 0 and < 100 } && row.GetValue(1) is >= 0L && row.GetValue(2) is >= 0L && row.GetValue(3) is >= 0L
        && IsTicks(row.GetValue(4)) && IsTicks(row.GetValue(5));

    /// <summary>Columns: age, wall.</summary>
    public static bool IsClock(SqliteDataReader row) => row.GetValue(0) is >= 0L and <= MostAgeMs && IsTicks(row.GetValue(1));

    private static bool IsAttributes(SqliteDataReader row) =>
        row.GetValue(0) is > 0L && row.GetValue(1) is >= 0L and <= 2L && row.GetValue(2) is string { Length: > 0 and <= EventAttributes.MaxIdLength }
        && row.GetValue(3) is string source && StreamAddress.TryParse(source, out _)
        && row.GetValue(4) is string type && EventTypeName.TryParse(type, out _)
        && IsTicks(row.GetValue(5)) && IsTicks(row.GetValue(6));

    private static bool IsTicks(object value) => value is long ticks && ticks > 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>A row without a checksum, of an earlier version, must at least hold JSON.</summary>
    private static bool Fits(SqliteDataReader row, int checksum, int first, int count, byte[] data) =>
        row.GetValue(checksum) is DBNull ? IsJson(data) : Equals(row.GetValue(checksum), Checksum(row, first, count));

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
}
