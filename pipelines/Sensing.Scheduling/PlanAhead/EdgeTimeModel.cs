namespace Sensing.Scheduling.PlanAhead;

/// <summary>Time of each type on the edge, learned as tasks finish: a normal body for each type, and a tail that all share.</summary>
/// <remarks>
/// A run far off the body does not move it, so that one slow run in ten does not make every plan cautious. Several in a row
/// on one side do: then the device has become slower or faster, and all types with it.
/// </remarks>
internal sealed class EdgeTimeModel
{
    /// <summary>Weight of a new time, once there are many: a device that heats up is followed within some tens of tasks.</summary>
    private const double Slowest = 1 / 32.0;

    /// <summary>A run off the body by more than this share, and by more than five standard deviations, is an outlier.</summary>
    private const double Far = 0.35;

    /// <summary>Outliers in a row that make a change. Of runs of which one in ten is slow, five are in a row once in 100 000.</summary>
    private const int Change = 5;

    private const int TailKept = 32;

    private readonly double[] _mean;
    private readonly double[] _variance;
    private readonly int[] _seen;
    private readonly Run[] _typeRuns;
    private readonly double[] _tail = new double[TailKept];
    private readonly Run _run = new();
    private int _tailSeen;
    private int _ended;

    public EdgeTimeModel(IReadOnlyList<InferenceTaskType> types)
    {
        // The published times are high percentiles; a mean 8 % below with 5 % spread stands in until times are seen.
        _mean = [.. types.Select(t => 0.92 * t.EdgeTime)];
        _variance = [.. types.Select(t => 0.0025 * t.EdgeTime * t.EdgeTime)];
        _seen = new int[types.Count];
        _typeRuns = [.. types.Select(_ => new Run())];
    }

    /// <summary>Share of runs in the tail.</summary>
    public double TailShare { get; private set; }

    /// <summary>Mean of the body, µs.</summary>
    public double Mean(int type) => _mean[type];

    /// <summary>Variance of the body, µs².</summary>
    public double Variance(int type) => _variance[type];

    /// <summary>What a run takes beyond the body's mean because some are in the tail, µs.</summary>
    public double TailTime(int type) => TailShare <= 0 ? 0 : TailShare * (TailFactor(1) - 1) * _mean[type];

    /// <summary>The chance that a run is not in the tail, or in time all the same.</summary>
    /// <param name="type">Of the run.</param>
    /// <param name="slack">From the body's mean to the deadline, µs.</param>
    public double SparedByTail(int type, double slack)
    {
        if (_tailSeen == 0 || TailShare <= 0)
        {
            return 1;
        }

        double limit = 1 + (slack / _mean[type]);
        int within = 0;
        int count = Math.Min(_tailSeen, TailKept);
        for (int i = 0; i < count; i++)
        {
            within += _tail[i] <= limit ? 1 : 0;
        }

        return 1 - (TailShare * (count - within) / count);
    }

    /// <summary>How long after its start a run counts as one of the tail, µs.</summary>
    public double BodyEnd(int type) => _mean[type] + Math.Max(Far * _mean[type], 5 * Math.Sqrt(_variance[type]));

    /// <summary>The whole time that a run is expected to take which has taken so long already, µs.</summary>
    public double Expected(int type, double elapsed)
    {
        double overdue = _mean[type] + (3 * Math.Sqrt(_variance[type]));
        return elapsed < overdue ? Math.Max(_mean[type], elapsed)
            : Math.Max(elapsed + (0.05 * _mean[type]), TailFactor(elapsed / _mean[type]) * _mean[type]);
    }

    public void Learn(int type, long took)
    {
        double off = took - _mean[type];
        bool outlier = Math.Abs(off) > Far * _mean[type] && off * off > 25 * _variance[type];
        _ended++;
        double tailWeight = Math.Max(1 / 128.0, 1.0 / (_ended + 16));
        TailShare += tailWeight * ((outlier && off > 0 ? 1 : 0) - TailShare);
        if (!outlier)
        {
            _run.End();
            _typeRuns[type].End();
            double weight = Math.Max(Slowest, 1.0 / (++_seen[type] + 4));
            _mean[type] += weight * off;
            _variance[type] += weight * ((off * off) - _variance[type]);
            return;
        }

        double ratio = took / _mean[type];
        if (ratio > 1)
        {
            _tail[_tailSeen++ % TailKept] = ratio;
        }

        bool all = _run.Add(ratio);
        bool own = _typeRuns[type].Add(ratio);
        if (all)
        {
            for (int k = 0; k < _mean.Length; k++)
            {
                Scale(k, _run.Median());
            }
        }
        else if (own)
        {
            Scale(type, _typeRuns[type].Median());
        }

        if (all || own)
        {
            _run.End();
            _tailSeen = Math.Max(0, _tailSeen - (ratio > 1 ? Change : 0));
            TailShare = Math.Max(0, TailShare - (Change * tailWeight));
        }
    }

    private void Scale(int type, double factor)
    {
        _mean[type] *= factor;
        _variance[type] *= factor * factor;
        _seen[type] = Math.Min(_seen[type], 4);
        _typeRuns[type].End();
    }

    /// <summary>Mean of the tail beyond a multiple of the body's mean.</summary>
    private double TailFactor(double beyond)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < Math.Min(_tailSeen, TailKept); i++)
        {
            if (_tail[i] > beyond)
            {
                sum += _tail[i];
                count++;
            }
        }

        return count == 0 ? Math.Max(1, beyond) : sum / count;
    }

    /// <summary>Outliers in a row on one side.</summary>
    private sealed class Run
    {
        private readonly double[] _ratios = new double[Change];
        private int _count;

        public void End() => _count = 0;

        /// <summary>Whether they make a change.</summary>
        public bool Add(double ratio)
        {
            if (_count > 0 && ratio > 1 != _ratios[0] > 1)
            {
                _count = 0;
            }

            _ratios[_count++ % Change] = ratio;
            return _count >= Change;
        }

        public double Median()
        {
            Span<double> sorted = stackalloc double[Change];
            _ratios.CopyTo(sorted);
            sorted.Sort();
            return sorted[Change / 2];
        }
    }
}
