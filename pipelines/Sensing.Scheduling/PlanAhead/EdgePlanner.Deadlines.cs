namespace Sensing.Scheduling.PlanAhead;

/// <content>The plan for an edge that has nearly time for all.</content>
internal sealed partial class EdgePlanner
{
    /// <summary>Work beyond this share of the time to the last deadline is more than leaving out a few tasks can mend.</summary>
    private const double MostWork = 0.8;

    /// <summary>Tasks that are left out, one at a time, before the plan is given up.</summary>
    private const int MostLeftOut = 8;

    private readonly List<(int Type, int Index, double Gain)> _all = [];
    private readonly List<(int Type, int Index, long Start)> _ordered = [];
    private readonly List<bool> _taken = [];

    /// <summary>
    /// Where the edge has time for all that gains from it, or all but a few, the earliest deadline first is the plan, however
    /// many steps that is; the least rate among those ahead of a late one is left out (Moore and Hodgson).
    /// </summary>
    /// <param name="from">µs.</param>
    /// <param name="until">The horizon, µs.</param>
    /// <param name="value">Of the plan, in the search's own measure.</param>
    private bool TryInOrderOfDeadline(long from, long until, out double value)
    {
        value = 0;
        _all.Clear();
        double work = 0;
        long lastDeadline = from;
        for (int type = 0; type < _counts.Length; type++)
        {
            for (int index = 0; index < _counts[type]; index++)
            {
                ref readonly EdgeCandidate candidate = ref _candidates[type][index];
                double gain = candidate.Benefit - candidate.Cost - candidate.Alternative - _tailPrice[type];
                if (gain > 0)
                {
                    _all.Add((type, index, gain));
                    work += _mean[type];
                    lastDeadline = Math.Max(lastDeadline, candidate.Deadline);
                }
            }
        }

        if (work > MostWork * (lastDeadline - from))
        {
            return false;
        }

        for (int leftOut = 0; leftOut <= MostLeftOut; leftOut++)
        {
            if (Order(from) is not { } late)
            {
                value = Value(from, until);
                return true;
            }

            LeaveOut(late);
        }

        return false;
    }

    /// <summary>Orders all; returns the first that would be late, as an index into them.</summary>
    private int? Order(long from)
    {
        _ordered.Clear();
        _taken.Clear();
        for (int i = 0; i < _all.Count; i++)
        {
            _taken.Add(false);
        }

        long now = from;
        double variance = 0;
        while (_ordered.Count < _all.Count)
        {
            int next = -1;
            long nextRelease = long.MaxValue;
            for (int i = 0; i < _all.Count; i++)
            {
                if (_taken[i])
                {
                    continue;
                }

                ref readonly EdgeCandidate candidate = ref _candidates[_all[i].Type][_all[i].Index];
                long release = Math.Max(now, candidate.Release);
                if (release < nextRelease
                    || (release == nextRelease && candidate.Deadline < _candidates[_all[next].Type][_all[next].Index].Deadline))
                {
                    (next, nextRelease) = (i, release);
                }
            }

            (int type, int index, _) = _all[next];
            _taken[next] = true;
            _ordered.Add((type, index, nextRelease));
            variance = nextRelease > now ? _variance[type] : variance + _variance[type];
            now = nextRelease + _mean[type];
            double slack = _candidates[type][index].Deadline - now;
            if (slack < 0 || slack * slack < _marginSquared * variance)
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>Of the late one and those ordered before it, the one that gains least for its time.</summary>
    private void LeaveOut(int late)
    {
        int least = late;
        for (int i = 0; i < _all.Count; i++)
        {
            if (_taken[i] && _all[i].Gain / _mean[_all[i].Type] < _all[least].Gain / _mean[_all[least].Type])
            {
                least = i;
            }
        }

        _all.RemoveAt(least);
    }

    private double Value(long from, long until)
    {
        double value = 0;
        double variance = 0;
        long end = from;
        foreach ((int type, int index, long start) in _ordered)
        {
            ref readonly EdgeCandidate candidate = ref _candidates[type][index];
            variance = start > end ? _variance[type] : variance + _variance[type];
            end = start + _mean[type];
            value += (candidate.Benefit * Chance(type, candidate.Deadline - end, variance)) - candidate.Cost - candidate.Alternative - _tailPrice[type];
        }

        return value - (_price * Math.Max(0, end - until)) - (_timePrice * (Math.Min(until, end) - from));
    }
}
