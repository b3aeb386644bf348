using System.Buffers;
using Microsoft.Data.Sqlite;
using Sensing.CloudIngest.Log;
using SQLitePCL;

namespace Sensing.CloudIngest.Store.Sqlite;

public sealed partial class SqliteEventStore
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public async Task<AppendResult> AppendAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        AppendResult result = await WriteAsync(() => Append(records, positions), cancellation).ConfigureAwait(false);
        Commits.Raise();
        return result;
    }

    public Task<IReadOnlyList<LogPosition>> ReadPositionsAsync(CancellationToken cancellation) => _readers.RunAsync(connection =>
    {
        using SqliteCommand command = Command(connection, "SELECT partition, next FROM positions ORDER BY partition");
        using SqliteDataReader reader = command.ExecuteReader();
        var positions = new List<LogPosition>();
        while (reader.Read())
        {
            positions.Add(new LogPosition(reader.GetString(0), reader.GetInt64(1)));
        }

        return (IReadOnlyList<LogPosition>)positions;
    }, cancellation);

    private AppendResult Append(IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions)
    {
        SqliteConnection connection = Writer;
        AppendStatements statements = _append!;
        int repeated = 0;
        int deadLetters = 0;
        var batch = new AppendBatch();
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            Expect(positions, statements, transaction);
            foreach (LogRecord record in records)
            {
                switch (record)
                {
                    case EventRecord item:
                        if (Series(item, batch, statements, transaction) is not { } series)
                        {
                            AddDeadLetter(statements, transaction, DeadLetterProperties.TooManySeries(item, _options.MaxSeries));
                            deadLetters++;
                        }
                        else if (!AddEvent(item, series, batch, statements, transaction, connection))
                        {
                            repeated++;
                        }

                        break;
                    case NodeStatusRecord status:
                        AppendStatements.With(statements.SetNode, transaction, status.Site, status.Node, status.Status.ToArray(), status.Arrival.UtcTicks).ExecuteNonQuery();
                        break;
                    case DeadLetterRecord letter:
                        AddDeadLetter(statements, transaction, letter);
                        deadLetters++;
                        break;
                    default:
                        throw new NotSupportedException($"The store has no table for {record.GetType().Name}.");
                }
            }

            batch.Write(statements, transaction);
            foreach (LogPosition position in positions)
            {
                AppendStatements.With(statements.SetPosition, transaction, position.Partition, position.Next).ExecuteNonQuery();
            }

            transaction.Commit();
        }

        // Only now: pairs of a transaction that was rolled back do not exist.
        batch.NewSeries.ForEach(_series.Add);
        return new AppendResult(batch.Changes.Added, repeated, deadLetters);
    }

    /// <summary>Inside the transaction, so that nobody can move a position between the look and the commit.</summary>
    private static void Expect(IReadOnlyList<LogPosition> positions, AppendStatements statements, SqliteTransaction transaction)
    {
        foreach (LogPosition position in positions)
        {
            if (position.Expected is { } expected
                && AppendStatements.With(statements.FindPosition, transaction, position.Partition).ExecuteScalar() as long? is var stored
                && (stored ?? LogPosition.NotStored) != expected)
            {
                throw new PositionConflictException(position.Partition, expected, stored);
            }
        }
    }

    private SeriesEntry? Series(EventRecord item, AppendBatch batch, AppendStatements statements, SqliteTransaction transaction)
    {
        string source = item.Event.Source.Source;
        string type = item.Event.Type.ToString();
        SeriesEntry? known = _series.Find(source, type)
            ?? batch.NewSeries.Find(entry => entry.Source == item.Event.Source && entry.Type == type);
        if (known is null && _series.Count + batch.NewSeries.Count < _options.MaxSeries)
        {
            long id = (long)AppendStatements.With(statements.AddSeries, transaction, source, type).ExecuteScalar()!;
            known = SeriesEntry.Create(id, source, type);
            batch.NewSeries.Add(known);
        }

        return known;
    }

    /// <returns>False where the id was there already.</returns>
    private bool AddEvent(
        EventRecord item, SeriesEntry series, AppendBatch batch, AppendStatements statements, SqliteTransaction transaction,
        SqliteConnection connection)
    {
        long time = item.Event.Time.UtcTicks;
        long arrival = item.Arrival.UtcTicks;
        int added = AppendStatements.With(
            statements.AddEvent, transaction, Key(item.Event.Id), series.Id, time, arrival,
            item.Committed is { } committed ? committed.UtcTicks : DBNull.Value, (long)_options.FlagsOf(time, arrival), Bytes(item.Event.Data)).ExecuteNonQuery();
        if (added == 0)
        {
            return false;
        }

        double? measure = series.Measure is { } name ? RollupMeasures.Read(name, item.Event.Data.Span) : null;
        batch.Changes.Count(series.Id, raw.sqlite3_last_insert_rowid(connection.Handle), time, arrival, measure);
        return true;
    }

    private static void AddDeadLetter(AppendStatements statements, SqliteTransaction transaction, DeadLetterRecord letter) =>
        AppendStatements.With(statements.AddDeadLetter, transaction,
            letter.Topic, letter.Properties, Bytes(letter.Payload), letter.Reason, letter.Arrival.UtcTicks).ExecuteNonQuery();

    /// <summary>16 bytes for the ids that this product makes, text for any other.</summary>
    private static object Key(string id) =>
        id.Length == 32 && !id.AsSpan().ContainsAnyExcept(HexDigits) ? Convert.FromHexString(id) : id;

    private static string Id(object key) => key is byte[] bytes ? Convert.ToHexStringLower(bytes) : (string)key;

    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment)
            && segment.Offset == 0 && segment.Array!.Length == segment.Count ? segment.Array : memory.ToArray();
}
