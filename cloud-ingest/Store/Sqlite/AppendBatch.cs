using System.Buffers;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>What one transaction adds: events some at a time, what they change in summaries and roll-ups once a row at its end.</summary>
internal sealed class AppendBatch
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly AppendStatements _statements;
    private readonly List<(EventRecord Record, SeriesEntry Series, long Flags)> _waiting = new(AppendStatements.Rows);
    private readonly Dictionary<long, SeriesMeasures> _measures = [];
    private long _head;

    /// <param name="statements">Of a connection that is in a transaction, so that nobody else gives sequence numbers.</param>
    public AppendBatch(AppendStatements statements)
    {
        _statements = statements;
        _head = statements.FindHead.ReadAll() is [long head] ? head : 0;
    }

    public List<SeriesEntry> NewSeries { get; } = [];

    public AppendChanges Changes { get; } = new();

    /// <summary>Events whose ids were there already.</summary>
    public int Repeated { get; private set; }

    public void Add(EventRecord record, SeriesEntry series, EventFlags flags)
    {
        _waiting.Add((record, series, (long)flags));
        if (_waiting.Count == AppendStatements.Rows)
        {
            Bind(_statements.AddEvents, 0, _waiting.Count);
            Count(_statements.AddEvents.Run(), 0, _waiting.Count);
            _waiting.Clear();
        }
    }

    /// <summary>Writes what is left.</summary>
    public void Write()
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            Bind(_statements.AddEvent, i, 1);
            Count(_statements.AddEvent.Run(), i, 1);
        }

        _waiting.Clear();
        foreach ((long series, SeriesChange change) in Changes.Series)
        {
            SqliteStatement update = _statements.UpdateSeries;
            update.Bind(1, series);
            update.Bind(2, change.Count);
            update.Bind(3, change.Arrival);
            update.Bind(4, change.Rank);
            update.Bind(5, change.Time);
            update.Bind(6, change.Sequence);
            update.Run();
        }

        foreach (((long series, RollupStep step, long time), RollupChange change) in Changes.Rollups)
        {
            SqliteStatement add = _statements.AddRollup;
            add.Bind(1, series);
            add.Bind(2, (long)step);
            add.Bind(3, time);
            add.Bind(4, change.Count);
            add.Bind(5, change.First.Measured);
            add.Bind(6, change.First.Sum);
            add.Bind(7, change.First.Min);
            add.Bind(8, change.First.Max);
            add.Bind(9, change.Arrival);
            add.Run();
            if (change.Further is { } further)
            {
                WriteFurther(series, step, time, further);
            }
        }
    }

    private void WriteFurther(long series, RollupStep step, long time, MeasureChange[] changes)
    {
        IReadOnlyList<string> names = _measures[series].All;
        for (int i = 0; i < changes.Length; i++)
        {
            if (changes[i].Measured == 0)
            {
                continue;
            }

            SqliteStatement add = _statements.AddMeasure;
            add.Bind(1, series);
            add.Bind(2, (long)step);
            add.Bind(3, time);
            add.Bind(4, names[i + 1]);
            add.Bind(5, changes[i].Measured);
            add.Bind(6, changes[i].Sum);
            add.Bind(7, changes[i].Min);
            add.Bind(8, changes[i].Max);
            add.Run();
        }
    }

    private void Bind(SqliteStatement statement, int first, int count)
    {
        Span<byte> number = stackalloc byte[16];
        for (int i = 0; i < count; i++)
        {
            (EventRecord record, SeriesEntry series, long flags) = _waiting[first + i];
            int place = i * AppendStatements.EventValues;
            statement.Bind(place + 1, _head + 1 + i);

            // 16 bytes for the ids that this product makes, text for any other.
            string id = record.Event.Id;
            if (id.Length == 32 && !id.AsSpan().ContainsAnyExcept(HexDigits))
            {
                Convert.FromHexString(id, number, out _, out _);
                statement.Bind(place + 2, number);
            }
            else
            {
                statement.Bind(place + 2, id);
            }

            statement.Bind(place + 3, series.Id);
            statement.Bind(place + 4, record.Event.Time.UtcTicks);
            statement.Bind(place + 5, record.Arrival.UtcTicks);
            if (record.Committed is { } committed)
            {
                statement.Bind(place + 6, committed.UtcTicks);
            }
            else
            {
                statement.Bind(place + 6);
            }

            statement.Bind(place + 7, flags);
            statement.Bind(place + 8, record.Event.Data.Span);
            statement.Bind(place + 9, series.Origin);
        }
    }

    /// <summary>Counts those of the events just run that are new: sequence numbers of the others stay without an event.</summary>
    private void Count(int added, int first, int count)
    {
        HashSet<long>? found = null;
        if (added is > 0 && added < count)
        {
            _statements.FindAdded.Bind(1, _head + 1);
            _statements.FindAdded.Bind(2, _head + count);
            found = [.. _statements.FindAdded.ReadAll()];
        }

        for (int i = 0; added > 0 && i < count; i++)
        {
            long sequence = _head + 1 + i;
            if (found?.Contains(sequence) != false)
            {
                (EventRecord record, SeriesEntry series, _) = _waiting[first + i];
                Changes.Count(series, sequence, record.Event.Time.UtcTicks, record.Arrival.UtcTicks, record.Event.Data.Span);
                if (series.Measures.All.Count > 1)
                {
                    _measures[series.Id] = series.Measures;
                }
            }
        }

        Repeated += count - added;
        _head += count;
    }
}
