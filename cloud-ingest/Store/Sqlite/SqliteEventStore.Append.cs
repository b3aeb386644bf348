using Microsoft.Data.Sqlite;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using SQLitePCL;

namespace Sensing.CloudIngest.Store.Sqlite;

public sealed partial class SqliteEventStore
{
    public async Task<AppendResult> AppendAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        AppendResult result;
        try
        {
            result = await WriteAsync(() => Append(records, positions), cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfData(error))
        {
            throw new RefusedDataException($"the store refuses it: {error.Message}", error);
        }

        Commits.Raise();
        return result;
    }

    /// <summary>Whether an error is about values, not about the file: https://www.sqlite.org/rescode.html.</summary>
    private static bool IsOfData(Exception error) => error is SqliteException sqlite
        ? sqlite.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH
        : error is System.Text.Json.JsonException or FormatException or OverflowException;

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
        AppendStatements statements = _append!;
        int deadLetters = 0;
        int removed;
        AppendBatch batch;
        using (SqliteTransaction transaction = Writer.BeginTransaction())
        {
            Expect(positions, statements);
            batch = new AppendBatch(statements);
            foreach (LogRecord record in records)
            {
                switch (record)
                {
                    case EventRecord item:
                        if (Series(item, batch, statements) is { } series)
                        {
                            batch.Add(item, series, _options.FlagsOf(item.Event.Time.UtcTicks, item.Arrival.UtcTicks));
                        }
                        else
                        {
                            AddDeadLetter(statements, DeadLetterProperties.TooManySeries(item, _options));
                            deadLetters++;
                        }

                        break;
                    case NodeStatusRecord status:
                        if (!TrySetNode(statements, status))
                        {
                            AddDeadLetter(statements, DeadLetterProperties.TooManyNodes(status, _options));
                            deadLetters++;
                        }

                        break;
                    case DeadLetterRecord letter:
                        AddDeadLetter(statements, letter);
                        deadLetters++;
                        break;
                    default:
                        throw new NotSupportedException($"The store has no table for {record.GetType().Name}.");
                }
            }

            batch.Write();
            removed = deadLetters > 0 ? KeepDeadLettersBounded() : 0;
            foreach (LogPosition position in positions)
            {
                statements.SetPosition.Bind(1, position.Partition);
                statements.SetPosition.Bind(2, position.Next);
                statements.SetPosition.Run();
            }

            Commit(transaction, batch.NewSeries);
        }

        return new AppendResult(batch.Changes.Added, batch.Repeated, deadLetters) { DeadLettersRemoved = removed };
    }

    /// <summary>Pairs are known before anybody can read their events; those of a transaction that was rolled back do not exist.</summary>
    private void Commit(SqliteTransaction transaction, List<SeriesEntry> added)
    {
        added.ForEach(_series.Add);
        try
        {
            transaction.Commit();
        }
        catch
        {
            added.ForEach(_series.Remove);
            throw;
        }
    }

    /// <summary>Inside the transaction, so that nobody can move a position between the look and the commit.</summary>
    private static void Expect(IReadOnlyList<LogPosition> positions, AppendStatements statements)
    {
        foreach (LogPosition position in positions)
        {
            if (position.Expected is not { } expected)
            {
                continue;
            }

            statements.FindPosition.Bind(1, position.Partition);
            long? stored = statements.FindPosition.ReadAll() is [long next] ? next : null;
            if ((stored ?? LogPosition.NotStored) != expected)
            {
                throw new PositionConflictException(position.Partition, expected, stored);
            }
        }
    }

    private SeriesEntry? Series(EventRecord item, AppendBatch batch, AppendStatements statements)
    {
        string source = item.Event.Source.Source;
        string type = item.Event.Type.ToString();
        SeriesEntry? known = _series.Find(source, type)
            ?? batch.NewSeries.Find(entry => entry.Source == item.Event.Source && entry.Type == type);
        string node = item.Event.Source.Node;
        if (known is null && _series.Count + batch.NewSeries.Count < _options.MaxSeries
            && _series.CountOf(node) + batch.NewSeries.Count(entry => entry.Source.Node == node) < _options.MaxSeriesPerNode)
        {
            long? origin = _series.OriginOf(source) ?? batch.NewSeries.Find(entry => entry.Source == item.Event.Source)?.Origin;
            statements.AddSeries.Bind(1, source);
            statements.AddSeries.Bind(2, type);
            string? measure = _catalogue.FirstMeasure(type);
            if (measure is null)
            {
                statements.AddSeries.Bind(3);
            }
            else
            {
                statements.AddSeries.Bind(3, measure);
            }

            statements.AddSeries.Bind(4, origin ?? 0);
            known = _catalogue.Create(statements.AddSeries.ReadAll()[0], source, type, measure);
            known = known with { Origin = origin ?? known.Id };
            batch.NewSeries.Add(known);
        }

        return known;
    }

    private bool TrySetNode(AppendStatements statements, NodeStatusRecord status)
    {
        statements.SetNode.Bind(1, status.Site);
        statements.SetNode.Bind(2, status.Node);
        statements.SetNode.Bind(3, status.Status.Span);
        statements.SetNode.Bind(4, status.Arrival.UtcTicks);
        statements.SetNode.Bind(5, StoreOptions.MaxSitesPerNode);
        statements.SetNode.Bind(6, _options.MaxNodes);
        return statements.SetNode.Run() > 0;
    }

    private static string Id(object key) => key is byte[] bytes ? Convert.ToHexStringLower(bytes) : (string)key;
}
