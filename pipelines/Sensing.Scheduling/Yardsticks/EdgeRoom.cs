namespace Sensing.Scheduling.Yardsticks;

/// <summary>
/// Edge time given out to tasks within their windows, with earlier gifts moved about to make room (augmenting paths over
/// the spans between releases and deadlines).
/// </summary>
internal sealed class EdgeRoom
{
    private readonly long[] _cuts;
    private readonly long[] _free;
    private readonly List<Share>[] _sharers;
    private readonly bool[] _closed;
    private readonly int[] _seen;
    private readonly (int From, Share? Via)[] _reachedBy;
    private readonly Queue<int> _frontier = new();
    private int _search;

    public EdgeRoom(IReadOnlyList<EdgeOffer> offers)
    {
        _cuts = [.. offers.SelectMany(o => new[] { o.Release, o.Deadline }).Distinct().Order()];
        int spans = Math.Max(0, _cuts.Length - 1);
        _free = new long[spans];
        _sharers = new List<Share>[spans];
        for (int i = 0; i < spans; i++)
        {
            _free[i] = _cuts[i + 1] - _cuts[i];
            _sharers[i] = [];
        }

        _closed = new bool[spans];
        _seen = new int[spans];
        _reachedBy = new (int, Share?)[spans];
    }

    /// <summary>Gives the task as much of its time as fits; returns how much, µs.</summary>
    public long Take(EdgeOffer offer)
    {
        int first = Array.BinarySearch(_cuts, offer.Release);
        int last = Array.BinarySearch(_cuts, offer.Deadline) - 1;
        var own = new Share(first, new long[last - first + 1]);
        long wanted = offer.Time;
        while (wanted > 0 && FindRoom(own) is { } span)
        {
            wanted -= Augment(own, span, wanted);
        }

        return offer.Time - wanted;
    }

    /// <summary>Breadth first to the nearest span with free time. Spans of a failed search are full for good.</summary>
    private int? FindRoom(Share own)
    {
        _search++;
        _frontier.Clear();
        Reach(own, -1);
        int found = -1;
        var visited = new List<int>();
        while (found < 0 && _frontier.TryDequeue(out int span))
        {
            visited.Add(span);
            if (_free[span] > 0)
            {
                found = span;
                break;
            }

            foreach (Share share in _sharers[span])
            {
                if (share.Amounts[span - share.First] > 0)
                {
                    Reach(share, span);
                }
            }
        }

        if (found >= 0)
        {
            return found;
        }

        foreach (int span in visited)
        {
            _closed[span] = true;
        }

        return null;
    }

    private void Reach(Share share, int from)
    {
        for (int span = share.First; span < share.First + share.Amounts.Length; span++)
        {
            if (_seen[span] != _search && !_closed[span])
            {
                _seen[span] = _search;
                _reachedBy[span] = (from, share);
                _frontier.Enqueue(span);
            }
        }
    }

    private long Augment(Share own, int span, long wanted)
    {
        long amount = Math.Min(wanted, _free[span]);
        for (int at = span; _reachedBy[at].From >= 0; at = _reachedBy[at].From)
        {
            (int from, Share? via) = _reachedBy[at];
            amount = Math.Min(amount, via!.Amounts[from - via.First]);
        }

        _free[span] -= amount;
        for (int at = span; ;)
        {
            (int from, Share? via) = _reachedBy[at];
            Give(via!, at, amount);
            if (from < 0)
            {
                break;
            }

            via!.Amounts[from - via.First] -= amount;
            at = from;
        }

        return amount;
    }

    private void Give(Share share, int span, long amount)
    {
        if (share.Amounts[span - share.First] == 0 && !_sharers[span].Contains(share))
        {
            _sharers[span].Add(share);
        }

        share.Amounts[span - share.First] += amount;
    }

    /// <summary>What one task has got of each span of its window.</summary>
    private sealed class Share(int first, long[] amounts)
    {
        public int First { get; } = first;

        public long[] Amounts { get; } = amounts;
    }
}
