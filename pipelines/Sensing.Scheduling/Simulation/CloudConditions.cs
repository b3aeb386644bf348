namespace Sensing.Scheduling.Simulation;

/// <summary>What the network adds to a cloud call by when it is made, and when the cloud is away.</summary>
/// <param name="name">Name in tables, such as <c>step</c>.</param>
/// <param name="knots">Added time against virtual time, µs, linear between knots, constant beyond the last. In order.</param>
/// <param name="outages">Spans in which calls bring nothing: they are refused, or fail at the timeout. In order.</param>
public sealed class CloudConditions(
    string name, IReadOnlyList<(long At, long Added)> knots, IReadOnlyList<(long From, long To)> outages)
{
    public string Name { get; } = name;

    public IReadOnlyList<(long At, long Added)> Knots { get; } = knots;

    public IReadOnlyList<(long From, long To)> Outages { get; } = outages;

    /// <summary>After how long a call in an outage is refused, µs; null if it gets no answer and times out.</summary>
    public long? RefusedAfter { get; init; }

    /// <summary>Added time of a call made now, µs.</summary>
    public long AddedAt(long time)
    {
        if (Knots.Count == 0 || time <= Knots[0].At)
        {
            return Knots.Count == 0 ? 0 : Knots[0].Added;
        }

        // The last knot at or before the time; of two at one time (a step) the later one holds.
        int low = 0;
        int high = Knots.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Knots[middle].At <= time ? (middle, high) : (low, middle - 1);
        }

        if (low == Knots.Count - 1)
        {
            return Knots[low].Added;
        }

        (long from, long a) = Knots[low];
        (long to, long b) = Knots[low + 1];
        return a + (long)((b - a) * ((double)(time - from) / (to - from)));
    }

    /// <summary>Whether a call made now brings nothing.</summary>
    public bool IsAwayAt(long time)
    {
        foreach ((long from, long to) in Outages)
        {
            if (time >= from && time < to)
            {
                return true;
            }
        }

        return false;
    }
}
