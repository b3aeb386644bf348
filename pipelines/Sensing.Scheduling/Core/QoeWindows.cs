namespace Sensing.Scheduling;

/// <summary>Completions for each task type and tumbling window, and the bonus they earn.</summary>
internal sealed class QoeWindows(IReadOnlyList<InferenceTaskType> types, QoeOptions options)
{
    private readonly List<int>[] _released = [.. types.Select(_ => new List<int>())];
    private readonly List<int>[] _completed = [.. types.Select(_ => new List<int>())];

    /// <summary>Which window a segment that arrived at this time belongs to.</summary>
    public int WindowOf(long release) => (int)(release / options.Window);

    public void Released(int type, long release) => Add(_released[type], WindowOf(release));

    public void Completed(int type, long release) => Add(_completed[type], WindowOf(release));

    public int ReleasedIn(int type, int window) => At(_released[type], window);

    public int CompletedIn(int type, int window) => At(_completed[type], window);

    /// <summary>Σ bonus over the windows that had tasks and completed α of them.</summary>
    public long Bonus()
    {
        long sum = 0;
        for (int type = 0; type < types.Count; type++)
        {
            for (int window = 0; window < _released[type].Count; window++)
            {
                int released = _released[type][window];
                if (released > 0 && At(_completed[type], window) >= options.Rate * released)
                {
                    sum += types[type].QoeBonus;
                }
            }
        }

        return sum;
    }

    private static int At(List<int> counts, int window) => window < counts.Count ? counts[window] : 0;

    private static void Add(List<int> counts, int window)
    {
        while (counts.Count <= window)
        {
            counts.Add(0);
        }

        counts[window]++;
    }
}
