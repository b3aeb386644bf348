namespace Sensing.Scheduling.PlanAhead;

/// <content>What still fits around the searched plan.</content>
internal sealed partial class EdgePlanner
{
    private readonly List<(double Rate, byte Type, byte Index)> _left = [];
    private readonly List<double> _room = [];

    /// <summary>
    /// The search looks a dozen steps ahead, which a fast edge has behind it long before the horizon. What it left out is
    /// put, best rate first, where nothing that is planned becomes late; only what moves the end beyond the horizon pays.
    /// </summary>
    private void Fill(long from, long until, List<(EdgeCandidate Candidate, int Type, long Start)> plan)
    {
        FindLeft(plan);
        if (_left.Count == 0)
        {
            return;
        }

        _left.Sort(static (a, b) => b.Rate.CompareTo(a.Rate));
        MeasureRoom(plan);
        foreach ((_, byte type, byte index) in _left)
        {
            if (TryInsert(from, until, type, _candidates[type][index], plan))
            {
                MeasureRoom(plan);
            }
        }
    }

    private void FindLeft(List<(EdgeCandidate Candidate, int Type, long Start)> plan)
    {
        _left.Clear();
        for (int type = 0; type < _counts.Length; type++)
        {
            for (int index = 0; index < _counts[type]; index++)
            {
                ref readonly EdgeCandidate candidate = ref _candidates[type][index];
                double gain = candidate.Benefit - candidate.Cost - candidate.Alternative - _tailPrice[type];
                if (gain > 0 && !Contains(plan, candidate, type))
                {
                    _left.Add((gain / _mean[type], (byte)type, (byte)index));
                }
            }
        }
    }

    private static bool Contains(List<(EdgeCandidate Candidate, int Type, long Start)> plan, in EdgeCandidate candidate, int type)
    {
        foreach ((EdgeCandidate planned, int plannedType, _) in plan)
        {
            if (plannedType == type && planned.Task == candidate.Task && planned.Release == candidate.Release && planned.Deadline == candidate.Deadline)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For each place in the plan, by how much what stands there and behind may move back, µs.</summary>
    private void MeasureRoom(List<(EdgeCandidate Candidate, int Type, long Start)> plan)
    {
        while (_room.Count <= plan.Count)
        {
            _room.Add(0);
        }

        _room[plan.Count] = double.PositiveInfinity;
        for (int i = plan.Count - 1; i >= 0; i--)
        {
            (EdgeCandidate candidate, int type, long start) = plan[i];
            long end = start + _mean[type];
            double own = candidate.Deadline - end - (_options.EdgeMargin * Math.Sqrt(_variance[type]));
            double gap = i + 1 < plan.Count ? plan[i + 1].Start - end : 0;
            _room[i] = Math.Max(0, Math.Min(own, gap + _room[i + 1]));
        }
    }

    private bool TryInsert(
        long from, long until, int type, in EdgeCandidate candidate, List<(EdgeCandidate Candidate, int Type, long Start)> plan)
    {
        double margin = _options.EdgeMargin * Math.Sqrt(_variance[type]);
        for (int place = 0; place <= plan.Count; place++)
        {
            long free = place == 0 ? from : plan[place - 1].Start + _mean[plan[place - 1].Type];
            long start = Math.Max(free, candidate.Release);
            long end = start + _mean[type];
            double slack = candidate.Deadline - end;
            if (slack < margin)
            {
                return false;
            }

            long moved = place == plan.Count ? 0 : Math.Max(0, end - plan[place].Start);
            if (moved > _room[place])
            {
                continue;
            }

            long last = place == plan.Count ? free : plan[^1].Start + _mean[plan[^1].Type];
            long newLast = place == plan.Count ? end : LastEnd(plan, place, end);
            double gain = (candidate.Benefit * Chance(type, slack, _variance[type])) - candidate.Cost - candidate.Alternative - _tailPrice[type]
                - (_price * (Math.Max(0, newLast - until) - Math.Max(0, last - until)))
                - (_timePrice * Math.Min(_mean[type], Math.Max(0, newLast - last)));
            if (gain <= 0)
            {
                continue;
            }

            plan.Insert(place, (candidate, type, start));
            for (int i = place + 1; i < plan.Count; i++)
            {
                long before = plan[i - 1].Start + _mean[plan[i - 1].Type];
                if (plan[i].Start >= before)
                {
                    break;
                }

                plan[i] = (plan[i].Candidate, plan[i].Type, before);
            }

            return true;
        }

        return false;
    }

    private long LastEnd(List<(EdgeCandidate Candidate, int Type, long Start)> plan, int place, long end)
    {
        for (int i = place; i < plan.Count; i++)
        {
            if (plan[i].Start >= end)
            {
                return plan[^1].Start + _mean[plan[^1].Type];
            }

            end += _mean[plan[i].Type];
        }

        return end;
    }
}
