namespace Sensing.Scheduling.PlanAhead;

/// <summary>
/// How likely a cloud call is to come back in time: a log-normal for each type, learned slowly, plus what the network adds
/// at present, which all types share and which is followed fast.
/// </summary>
/// <remarks>
/// The shared part is a scalar Kalman filter over the residuals of all types. When residuals keep falling on one side, or
/// calls in flight are overdue, its variance is opened so that a step is taken within a few calls. Means would not do: a
/// mean says nothing about the chance of being late, which is what a deadline asks.
/// </remarks>
internal sealed class CloudTimeModel
{
    private const double PriorSigma = 0.2;
    private const double Z95 = 1.645;
    private const double Slowest = 1 / 150.0;
    private const double PriorWeight = 20;

    /// <summary>Variance that the network's part gains in a calm second, µs².</summary>
    private const double CalmDrift = 16_000.0 * 16_000;

    /// <summary>Variance it is given when a change is seen, µs².</summary>
    private const double ChangeVariance = 500_000.0 * 500_000;

    /// <summary>Surprise, in standard deviations, that a call may bring without counting.</summary>
    private const double Slack = 0.7;

    /// <summary>Sum of surprises beyond the slack that makes a change. Two calls in a row beyond 3.2 σ, or four beyond 2.</summary>
    private const double ChangeAt = 5;

    private const long OldNews = 1_000_000;

    /// <summary>Standard deviations beyond which a call counts as no more than this: one slow call in ten is no slow network.</summary>
    private const double Huber = 3;

    /// <summary>Share of slow calls from which two overdue at a time say nothing.</summary>
    private const double ManySlow = 0.03;

    /// <summary>By how many times their share slow calls raise the sum that makes a change.</summary>
    private const double SlowCallsRaise = 10;

    /// <summary>Standard deviations of the logarithm beyond which a call teaches nothing about the usual time.</summary>
    private const double Unusual = 3;

    private readonly double[] _logMean;
    private readonly double[] _logVariance;
    private readonly double[] _median;
    private readonly int[] _seen;
    private readonly CloudAvailability _availability = new();
    private readonly List<(long SentAt, int Type, int Id)> _inFlight = [];
    private double _added;
    private double _addedVariance = 20_000.0 * 20_000;
    private long _updatedAt;
    private long _newestSentAt = -1;
    private double _run;
    private double _slowShare;

    public CloudTimeModel(IReadOnlyList<InferenceTaskType> types)
    {
        _logMean = [.. types.Select(t => Math.Log(t.CloudTime) - (Z95 * PriorSigma))];
        _logVariance = [.. types.Select(_ => PriorSigma * PriorSigma)];
        _median = [.. _logMean.Select(Math.Exp)];
        _seen = new int[types.Count];
    }

    /// <summary>Changes with everything learned, so that what is derived from it can be kept until then.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>What the network adds at present, µs.</summary>
    public double Added { get; private set; }

    /// <summary>Whether the latest calls were refused.</summary>
    public bool IsDown => _availability.IsDown;

    /// <summary>The chance that a call made now brings a result and takes at most this long.</summary>
    public double InTime(int type, double slack)
    {
        double rest = slack - Added;
        return rest <= 1 ? 0 : _availability.Chance * (1 - SlowLoss) * NormalDistribution.Cumulative((Math.Log(rest) - _logMean[type]) / Spread(type));
    }

    /// <summary>The slack at which a call made now is in time with this chance, µs.</summary>
    public double SlackFor(int type, double chance) =>
        Added + Math.Exp(_logMean[type] + (Spread(type) * NormalDistribution.Quantile(chance)));

    /// <summary>A call is made.</summary>
    /// <param name="task">Whose.</param>
    /// <param name="ready">When its segment is in the cloud: now, or after its turn on the uplink, µs.</param>
    public void Sent(InferenceTask task, long ready) => _inFlight.Add((ready, task.TypeIndex, task.Id));

    /// <summary>A call has ended.</summary>
    public void Learn(InferenceTask task, long elapsed, long now)
    {
        long took = elapsed - (Forget(task.Id) - task.StartedAt);
        _availability.Learn(task.StartedAt, task.Outcome == RunOutcome.Failed, now);
        if (task.Outcome == RunOutcome.Failed)
        {
            // A refusal says nothing about the time that a call takes.
            Version++;
            return;
        }

        // A call that comes back long after a younger one did tells of the network as it was.
        if (task.StartedAt < _newestSentAt - OldNews)
        {
            Settle(now);
            return;
        }

        _newestSentAt = Math.Max(_newestSentAt, task.StartedAt);
        int type = task.TypeIndex;
        Drift(now);
        double noise = _logVariance[type] * _median[type] * _median[type];
        double innovation = took - _median[type] - _added;
        if (task.Outcome == RunOutcome.Censored && innovation < 0)
        {
            // It would have taken at least this long, which was expected anyway.
            Settle(now);
            return;
        }

        double normalised = innovation / Math.Sqrt(noise + _addedVariance);
        bool answered = task.Outcome == RunOutcome.Succeeded;
        if (answered)
        {
            _slowShare += ((normalised > Huber + 1 ? 1 : 0) - _slowShare) / 64;
        }

        NoticeChange(normalised);
        double limit = answered ? Huber * Math.Sqrt(noise + _addedVariance) : double.PositiveInfinity;
        double gain = _addedVariance / (_addedVariance + noise);

        // A call that is back at once after an outage is believed whole: nothing makes a call fast by chance.
        _added += gain * Math.Min(innovation, limit);
        _addedVariance *= 1 - gain;
        LearnSlowly(type, took);
        Version++;
        Settle(now);
    }

    /// <summary>Looks at the calls in flight: two that are overdue say that the network has slowed before any came back.</summary>
    public void Watch(long now)
    {
        Version += _availability.MoveTo(now) ? 1 : 0;
        Settle(now);
    }

    /// <summary>Slow calls that are no change of the network are late as a rule.</summary>
    private double SlowLoss => _slowShare > ManySlow ? _slowShare : 0;

    private double Spread(int type) =>
        Math.Sqrt(_logVariance[type] + (_addedVariance / (_median[type] * _median[type])));

    private void Drift(long now)
    {
        _addedVariance += CalmDrift * (now - _updatedAt) * 1e-6;
        _updatedAt = now;
    }

    /// <summary>A sum of signed surprises (CUSUM, both sides in one): what keeps falling on one side opens the filter.</summary>
    private void NoticeChange(double normalised)
    {
        double clipped = Math.Clamp(normalised, -4, 4);
        if (clipped * _run < 0)
        {
            _run = 0;
        }

        _run += clipped - (Slack * Math.Sign(clipped));
        if (clipped * _run < 0)
        {
            _run = 0;
        }

        // Where slow calls are common, two of them in a row are no change.
        if (Math.Abs(_run) > ChangeAt * (1 + (SlowCallsRaise * _slowShare)))
        {
            _addedVariance = Math.Max(_addedVariance, ChangeVariance);
            _run = 0;
        }
    }

    private void LearnSlowly(int type, long took)
    {
        double own = took - _added;
        if (own < 0.3 * _median[type] || own > 3 * _median[type])
        {
            return;
        }

        double weight = Math.Max(Slowest, 1 / (++_seen[type] + PriorWeight));
        double off = Math.Log(own) - _logMean[type];
        if (_slowShare > ManySlow && off * off > Unusual * Unusual * _logVariance[type])
        {
            return;
        }

        _logMean[type] += weight * off;
        _logVariance[type] += weight * ((off * off) - _logVariance[type]);
        _median[type] = Math.Exp(_logMean[type]);
    }

    private void Settle(long now)
    {
        Span<double> over = stackalloc double[4];
        over.Clear();
        foreach ((long sentAt, int type, _) in _inFlight)
        {
            double overdue = now - sentAt - (_median[type] * Math.Exp(2 * Math.Sqrt(_logVariance[type])));
            if (sentAt < _newestSentAt || overdue <= over[3])
            {
                continue;
            }

            int place = 3;
            for (; place > 0 && over[place - 1] < overdue; place--)
            {
                over[place] = over[place - 1];
            }

            over[place] = overdue;
        }

        double added = Math.Max(_added, _slowShare > ManySlow ? over[3] : over[1]);
        if (added != Added)
        {
            Added = added;
            Version++;
        }
    }

    /// <returns>When its segment was in the cloud.</returns>
    private long Forget(int id)
    {
        for (int i = 0; i < _inFlight.Count; i++)
        {
            if (_inFlight[i].Id == id)
            {
                long ready = _inFlight[i].SentAt;
                _inFlight.RemoveAt(i);
                return ready;
            }
        }

        throw new SchedulingException($"call {id} came back and was never made.");
    }
}
