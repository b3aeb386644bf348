namespace Sensing.Scheduling;

/// <summary>Completions for each task type and tumbling window, and the bonus they earn.</summary>
/// <remarks>
/// Windows are numbered from the epoch, so times may be Unix time. Those in which nothing can be completed any more are
/// settled into a sum: memory depends on deadlines, not on the length of the run.
/// </remarks>
internal sealed class QoeWindows
{
    private readonly IReadOnlyList<InferenceTaskType> _types;
    private readonly QoeOptions _options;
    private readonly long _longestDeadline;
    private readonly List<Tally[]> _open = [];
    private long _first = -1;
    private long _settled;

    public QoeWindows(IReadOnlyList<InferenceTaskType> types, QoeOptions options)
    {
        _types = types;
        _options = options;
        _longestDeadline = types.Count == 0 ? 0 : types.Max(t => t.RelativeDeadline);
    }

    /// <summary>Windows that are counted at present.</summary>
    public int Open => _open.Count;

    /// <summary>A task of a window that is settled, handed over after its deadline by more than a window, counts in none.</summary>
    public void Released(int type, long release, long now)
    {
        Settle(now);
        if (_first < 0)
        {
            // One before, for a neighbour that is handed over later.
            _first = Math.Max(0, (release / _options.Window) - 1);
        }

        if (Find(type, release) is { } tally)
        {
            tally.Released++;
        }
    }

    public void Completed(int type, long release)
    {
        if (Find(type, release) is { } tally)
        {
            tally.Completed++;
        }
    }

    /// <summary>Σ bonus over the windows that had tasks and completed α of them.</summary>
    public long Bonus() => _settled + _open.Sum(Bonus);

    /// <summary>Past a window's end by the longest deadline, nothing completes in it; one window more for late hand-overs.</summary>
    private void Settle(long now)
    {
        while (_open.Count > 0 && ((_first + 2) * _options.Window) + _longestDeadline < now)
        {
            _settled += Bonus(_open[0]);
            _open.RemoveAt(0);
            _first++;
        }

        if (_open.Count == 0)
        {
            _first = -1;
        }
    }

    private long Bonus(Tally[] window)
    {
        long sum = 0;
        for (int type = 0; type < window.Length; type++)
        {
            Tally tally = window[type];
            sum += tally.Released > 0 && tally.Completed >= _options.Rate * tally.Released ? _types[type].QoeBonus : 0;
        }

        return sum;
    }

    private Tally? Find(int type, long release)
    {
        long index = (release / _options.Window) - _first;
        if (_first < 0 || index < 0)
        {
            return null;
        }

        while (_open.Count <= index)
        {
            _open.Add([.. _types.Select(_ => new Tally())]);
        }

        return _open[(int)index][type];
    }

    private sealed class Tally
    {
        public int Released { get; set; }

        public int Completed { get; set; }
    }
}
