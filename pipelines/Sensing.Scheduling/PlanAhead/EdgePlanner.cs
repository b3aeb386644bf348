namespace Sensing.Scheduling.PlanAhead;

/// <summary>
/// Chooses what the edge runs next by looking ahead: a beam search over sequences of waiting and coming tasks that
/// maximises Σ (edge utility − what the cloud would bring) − price × time spent.
/// </summary>
/// <remarks>
/// A Moore–Hodgson dynamic programme over (next of each type), with release times. Within a type the earliest deadline
/// goes first, for two tasks of a type have the same time and worth, so a state is a count for each type and the end time;
/// of two with the same counts the better is kept. Waiting for a task to come is a choice like any other: its price is the
/// idle time.
/// </remarks>
internal sealed partial class EdgePlanner
{
    /// <summary>A state packs a count of 4 bits for each type into 64 bits.</summary>
    public const int MostTypes = 16;

    private const int BitsPerType = 4;
    private const ulong TypeMask = (1UL << BitsPerType) - 1;

    private const int MostPerType = 12;
    private const int MostSteps = 12;

    private readonly EdgeTimeModel _times;
    private readonly PlanAheadOptions _options;
    private readonly EdgeCandidate[][] _candidates;
    private readonly int[] _counts;
    private readonly long[] _mean;
    private readonly double[] _variance;
    private readonly double _marginSquared;
    private readonly Step[] _steps;
    private readonly int[] _beam;
    private readonly int[] _next;
    private readonly double[] _tailPrice;
    private double _price;
    private double _timePrice;
    private int _stepCount;

    public EdgePlanner(int types, EdgeTimeModel times, PlanAheadOptions options)
    {
        _times = times;
        _options = options;
        _candidates = [.. Enumerable.Range(0, types).Select(_ => new EdgeCandidate[MostPerType])];
        _counts = new int[types];
        _mean = new long[types];
        _variance = new double[types];
        _tailPrice = new double[types];
        _marginSquared = options.EdgeMargin * options.EdgeMargin;
        _steps = new Step[1 + (MostSteps * options.BeamWidth * (types + 1))];
        _beam = new int[options.BeamWidth];
        _next = new int[options.BeamWidth * (types + 1)];
    }

    public void Clear() => Array.Clear(_counts);

    /// <summary>Adds a candidate; within a type in order of deadline. Those beyond the twelfth of a type are left out.</summary>
    public bool Add(int type, in EdgeCandidate candidate)
    {
        if (_counts[type] == MostPerType)
        {
            return false;
        }

        _candidates[type][_counts[type]++] = candidate;
        return true;
    }

    /// <summary>The best sequence for an edge that is free from <paramref name="from"/> on, into <paramref name="plan"/>.</summary>
    /// <param name="from">µs.</param>
    /// <param name="price">Of edge time that a plan takes from what is not in it, utility a µs.</param>
    /// <param name="unforeseen">Share of arrivals that are not among the candidates, 0 to 1: they pay for time within the horizon.</param>
    /// <param name="plan">In order of start.</param>
    public void Plan(long from, double price, double unforeseen, List<(EdgeCandidate Candidate, int Type, long Start)> plan)
    {
        plan.Clear();
        _price = price;
        _timePrice = price * unforeseen * _options.UnforeseenWeight;
        for (int type = 0; type < _counts.Length; type++)
        {
            _mean[type] = (long)_times.Mean(type);
            _variance[type] = _times.Variance(type);
            _tailPrice[type] = price * _times.TailTime(type);
        }

        _steps[0] = new Step { End = from, Parent = -1 };
        _stepCount = 1;
        _beam[0] = 0;
        int width = 1;
        int best = 0;
        double bestTotal = 0;
        long until = from + _options.Horizon;
        int depthReached = 0;
        for (; depthReached < MostSteps && width > 0; depthReached++)
        {
            int found = 0;
            for (int i = 0; i < width; i++)
            {
                found = Expand(_beam[i], from, price, found);
            }

            width = 0;
            for (int i = 0; i < found; i++)
            {
                int at = _next[i];

                // The time up to the horizon passes anyway; only what a plan takes beyond it is taken from others.
                double total = _steps[at].Value - (price * Math.Max(0, _steps[at].End - until))
                    - (_timePrice * (Math.Min(until, _steps[at].End) - from));
                if (total > bestTotal)
                {
                    (best, bestTotal) = (at, total);
                }

                if (_steps[at].End < until)
                {
                    width = Keep(at, width);
                }
            }
        }

        if (depthReached == MostSteps && TryInOrderOfDeadline(from, until, out double ordered) && ordered > bestTotal)
        {
            foreach ((int type, int index, long start) in _ordered)
            {
                plan.Add((_candidates[type][index], type, start));
            }
        }
        else
        {
            for (int at = best; _steps[at].Parent >= 0; at = _steps[at].Parent)
            {
                ref Step step = ref _steps[at];
                plan.Insert(0, (_candidates[step.Type][step.Index], step.Type, step.Start));
            }
        }

        Fill(from, until, plan);
    }

    private int Expand(int parent, long from, double price, int found)
    {
        Step state = _steps[parent];
        for (int type = 0; type < _counts.Length; type++)
        {
            int shift = BitsPerType * type;
            int index = (int)((state.Counts >> shift) & TypeMask);
            int count = _counts[type];
            EdgeCandidate[] candidates = _candidates[type];
            double variance = state.Variance + _variance[type];
            double least = _marginSquared * variance;
            long start = 0;
            double slack = 0;
            for (; index < count; index++)
            {
                start = Math.Max(state.End, candidates[index].Release);
                slack = candidates[index].Deadline - start - _mean[type];
                if (slack >= 0 && slack * slack >= least)
                {
                    break;
                }
            }

            if (index == count)
            {
                continue;
            }

            ref readonly EdgeCandidate candidate = ref candidates[index];
            double chance = Chance(type, slack, variance);
            long end = start + _mean[type];
            double value = state.Value + (candidate.Benefit * chance) - candidate.Cost - candidate.Alternative - _tailPrice[type];
            found = Merge(
                new Step
                {
                    Counts = (state.Counts & ~(TypeMask << shift)) | ((ulong)(index + 1) << shift),
                    Start = start,
                    End = end,
                    Value = value,
                    Variance = variance,
                    Score = value - (price * (end - from)),
                    Parent = parent,
                    Type = (byte)type,
                    Index = (byte)index,
                },
                found);
        }

        return found;
    }

    private double Chance(int type, double slack, double variance) =>
        (slack * slack > 9 * variance ? 1 : NormalDistribution.Cumulative(slack / Math.Sqrt(variance))) * _times.SparedByTail(type, slack);

    /// <summary>Of two ways to the same counts the better score stays.</summary>
    private int Merge(in Step step, int found)
    {
        for (int i = 0; i < found; i++)
        {
            ref Step other = ref _steps[_next[i]];
            if (other.Counts == step.Counts)
            {
                if (step.Score > other.Score)
                {
                    other = step;
                }

                return found;
            }
        }

        _steps[_stepCount] = step;
        _next[found] = _stepCount++;
        return found + 1;
    }

    private int Keep(int at, int width)
    {
        double score = _steps[at].Score;
        int position = width;
        while (position > 0 && _steps[_beam[position - 1]].Score < score)
        {
            position--;
        }

        if (position == _beam.Length)
        {
            return width;
        }

        int last = Math.Min(width, _beam.Length - 1);
        for (int i = last; i > position; i--)
        {
            _beam[i] = _beam[i - 1];
        }

        _beam[position] = at;
        return Math.Min(width + 1, _beam.Length);
    }

    private struct Step
    {
        public ulong Counts;
        public long Start;
        public long End;
        public double Value;
        public double Variance;
        public double Score;
        public int Parent;
        public byte Type;
        public byte Index;
    }
}
