namespace Sensing.Scheduling.PlanAhead;

/// <summary>
/// Plan-ahead: plans the edge over waiting tasks and over those that are known to come, at a price for its time; lets a
/// task wait for the edge only as long as the cloud would still bring it in time with the chance that pays.
/// </summary>
/// <remarks>
/// Each part is a class: <see cref="CloudTimeModel"/> says how likely a call is in time, <see cref="ArrivalForecast"/>
/// what will arrive, <see cref="EdgePrice"/> what edge time is worth, <see cref="EdgePlanner"/> what to run.
/// </remarks>
public sealed partial class PlanAheadPolicy(PlanAheadOptions options) : SchedulingPolicy
{
    /// <summary>A share of slow runs below this is taken for the body's own spread.</summary>
    private const double LeastTailShare = 0.01;

    private readonly ArrivalForecast _forecast = new();
    private readonly EdgePrice _price = new(options.PriceMemory);
    private readonly List<(long At, ulong Types)> _coming = [];
    private readonly List<(EdgeCandidate Candidate, int Type, long Start)> _plan = [];
    private List<InferenceTask>[] _waiting = [];
    private CloudTimeModel _cloud = null!;
    private EdgeTimeModel _edge = null!;
    private EdgePlanner _planner = null!;
    private QoeShare? _qoe;
    private UplinkQueue? _uplink;
    private int[] _byCloudUtility = [];
    private double _freshDelay;
    private bool _planStale = true;
    private long _arrivedAt = -1;
    private long _sentAt;

    public PlanAheadPolicy()
        : this(PlanAheadOptions.Default)
    {
    }

    public override string Name => options.QoeWeight > 0 ? "Plan-ahead (QoE)" : "Plan-ahead";

    public override void OnArrival(InferenceTask task)
    {
        _forecast.Arrived(task);
        _qoe?.Arrived(task);
        _waiting[task.TypeIndex].Add(task);
        _planStale = true;

        // Decided at the wake behind the last task of this instant.
        _arrivedAt = Schedule.Now;
        Schedule.WakeAt(Schedule.Now);
    }

    public override void OnEdgeFinished(InferenceTask task, long took)
    {
        if (task.Outcome != RunOutcome.Failed)
        {
            _edge.Learn(task.TypeIndex, took);
        }

        _qoe?.Ended(task);
        double earned = task.State == TaskState.Completed ? Benefit(task) - task.Type.EdgeCost : -task.Type.EdgeCost;
        _price.Earned(earned - Math.Max(0, FreshCloudWorth(task.TypeIndex, 0)), Schedule.Now);
        _planStale = true;
    }

    public override void OnCloudFinished(InferenceTask task, long took)
    {
        _cloud.Learn(task, took, Schedule.Now);
        _qoe?.Ended(task);
    }

    public override void OnWake()
    {
        _arrivedAt = -1;
        if (Schedule.OnEdge is { } running && Schedule.Now >= running.StartedAt + (long)_edge.BodyEnd(running.TypeIndex))
        {
            _planStale = true;
        }
        else
        {
            WatchForTail();
        }

        Probe();
        Review();
    }

    public override void OnEdgeIdle()
    {
        if (_arrivedAt != Schedule.Now)
        {
            Review();
        }
    }

    protected override void OnAttached()
    {
        IReadOnlyList<InferenceTaskType> types = Schedule.Types;
        if (types.Count > EdgePlanner.MostTypes)
        {
            throw new SchedulingException($"{Name} plans for at most {EdgePlanner.MostTypes} task types, not {types.Count}.");
        }

        _waiting = [.. types.Select(_ => new List<InferenceTask>())];
        _cloud = new CloudTimeModel(types);
        _edge = new EdgeTimeModel(types);
        _planner = new EdgePlanner(types.Count, _edge, options);
        _fresh = new FreshChance[types.Count];
        _byCloudUtility = [.. Enumerable.Range(0, types.Count).OrderByDescending(k => types[k].CloudUtility)];
        _uplink = Schedule.Uplink is { } link ? new UplinkQueue(link) : null;
        _freshDelay = Schedule.Uplink?.UploadTime ?? 0;
        _qoe = options.QoeWeight > 0 ? new QoeShare(types, options) : null;
    }

    private void Review()
    {
        _cloud.Watch(Schedule.Now);
        if (Schedule.OnEdge is null)
        {
            Replan();
            StartPlanned();
        }

        // A link that is short serves the worthiest first.
        foreach (int type in _byCloudUtility)
        {
            ReleaseUnplanned(type);
        }
    }

    private void StartPlanned()
    {
        if (_plan.Count == 0)
        {
            return;
        }

        (EdgeCandidate candidate, int type, long start) = _plan[0];
        if (start > Schedule.Now || candidate.Task is not { } task)
        {
            Schedule.WakeAt(start);
            return;
        }

        _plan.RemoveAt(0);
        _waiting[type].Remove(task);
        Schedule.StartOnEdge(task, (long)_edge.Mean(type));
        WatchForTail();
    }

    /// <summary>Where slow runs are known, the rest of the plan is looked at again as soon as this is seen to be one.</summary>
    private void WatchForTail()
    {
        if (Schedule.OnEdge is { } running && _edge.TailShare > LeastTailShare)
        {
            long seen = running.StartedAt + (long)_edge.BodyEnd(running.TypeIndex);
            if (seen > Schedule.Now)
            {
                Schedule.WakeAt(seen);
            }
        }
    }

    /// <summary>When the edge is expected to be free, given how long the present run has taken already.</summary>
    private long EdgeFreeAt() => Schedule.OnEdge is not { } running ? Schedule.Now
        : Math.Max(Schedule.Now, running.StartedAt + (long)_edge.Expected(running.TypeIndex, Schedule.Now - running.StartedAt));

    private void Replan()
    {
        long now = Schedule.Now;
        long from = EdgeFreeAt();
        _planner.Clear();
        for (int type = 0; type < _waiting.Length; type++)
        {
            double reach = _edge.Mean(type);
            foreach (InferenceTask task in _waiting[type])
            {
                if (from + reach <= task.Deadline
                    && !_planner.Add(type, new EdgeCandidate(
                        task.Release, task.Deadline, Benefit(task), task.Type.EdgeCost, Alternative(task), task)))
                {
                    break;
                }
            }
        }

        AddComing(now, from + options.Horizon);
        _planner.Plan(from, Math.Min(_price.PerMicrosecond, HighestGainRate()), 1 - _forecast.Foreseen, _plan);
        _planStale = false;
    }

    /// <summary>Spares the chance where no chance would do.</summary>
    private double Alternative(InferenceTask task) =>
        task.Type.CloudUtility > 0 || _qoe is not null ? Math.Max(0, CloudWorth(task)) : 0;

    /// <summary>No average can be above the best single rate: caps a price remembered from a cloud that was away.</summary>
    private double HighestGainRate()
    {
        double highest = 0;
        for (int type = 0; type < _waiting.Length; type++)
        {
            double share = _qoe?.For(type, Schedule.Now, Schedule.Now) ?? 0;
            double gain = Schedule.Types[type].EdgeUtility + share - Math.Max(0, FreshCloudWorth(type, share));
            highest = Math.Max(highest, gain / _edge.Mean(type));
        }

        return highest;
    }

    /// <summary>The segments that the drones' rhythm promises, in order of time, so that each type stays in order of deadline.</summary>
    private void AddComing(long now, long until)
    {
        _coming.Clear();
        for (int drone = 0; drone < _forecast.Count; drone++)
        {
            if (_forecast.TryNext(drone, now, out long at, out long period, out ulong types))
            {
                for (; at < until; at += period)
                {
                    _coming.Add((at, types));
                }
            }
        }

        _coming.Sort(static (a, b) => a.At.CompareTo(b.At));
        foreach ((long at, ulong types) in _coming)
        {
            for (int type = 0; type < _waiting.Length; type++)
            {
                if ((types >> type & 1) != 0)
                {
                    InferenceTaskType kind = Schedule.Types[type];
                    double share = _qoe?.For(type, at, now) ?? 0;
                    _planner.Add(type, new EdgeCandidate(
                        at, at + kind.RelativeDeadline, kind.Benefit + share, kind.EdgeCost, Math.Max(0, FreshCloudWorth(type, share)), null));
                }
            }
        }
    }

    private bool IsPlanned(InferenceTask task)
    {
        foreach ((EdgeCandidate candidate, _, _) in _plan)
        {
            if (ReferenceEquals(candidate.Task, task))
            {
                return true;
            }
        }

        return false;
    }

    private double Benefit(InferenceTask task) =>
        task.Type.Benefit + (_qoe?.For(task.TypeIndex, task.Release, Schedule.Now) ?? 0);
}
