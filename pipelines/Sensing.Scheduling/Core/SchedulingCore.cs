namespace Sensing.Scheduling;

/// <summary>
/// The event-driven heart of one edge: holds virtual time and every task's state, tells the policy what happened, hands
/// its decisions to the executor, and accounts what became of each task.
/// </summary>
/// <remarks>
/// The owner feeds events in order of time from one thread: <see cref="Arrive(InferenceTask)"/>, <see cref="EdgeFinished"/>,
/// <see cref="CloudFinished"/>, and <see cref="Wake"/> when <see cref="NextWake"/> has come. The core keeps no clock, so
/// the same events give the same decisions, whether they come from a simulation or from live executors.
/// </remarks>
public sealed class SchedulingCore : ISchedule
{
    private readonly SchedulingPolicy _policy;
    private readonly IExecutor _executor;
    private readonly Action<TraceEntry>? _trace;
    private readonly QoeWindows _windows;
    private long _edgeExpectedEnd;
    private int _arrived;
    private int _edgeCompleted;
    private int _cloudCompleted;
    private int _edgeLate;
    private int _cloudLate;
    private int _dropped;
    private long _utility;

    /// <param name="types">The task types in use.</param>
    /// <param name="policy">A fresh policy.</param>
    /// <param name="executor">Runs what it decides.</param>
    /// <param name="qoe">The windows of the quality of experience.</param>
    /// <param name="trace">Receives every event and decision, if given.</param>
    /// <param name="uplink">The link that cloud calls share, if cloud times do not include it.</param>
    public SchedulingCore(
        IReadOnlyList<InferenceTaskType> types,
        SchedulingPolicy policy,
        IExecutor executor,
        QoeOptions qoe,
        Action<TraceEntry>? trace = null,
        UplinkOptions? uplink = null)
    {
        Types = types;
        Uplink = uplink;
        _policy = policy;
        _executor = executor;
        _trace = trace;
        _windows = new QoeWindows(types, qoe);
        policy.Attach(this);
    }

    public long Now { get; private set; }

    public IReadOnlyList<InferenceTaskType> Types { get; }

    public UplinkOptions? Uplink { get; }

    public InferenceTask? OnEdge { get; private set; }

    public long EdgeFreeAt => OnEdge is null ? Now : Math.Max(Now, _edgeExpectedEnd);

    /// <summary>When the policy wants to be woken; <see cref="long.MaxValue"/> if it does not.</summary>
    public long NextWake { get; private set; } = long.MaxValue;

    /// <summary>Tasks that wait, run, or are in the cloud.</summary>
    public int Open { get; private set; }

    /// <summary>The account so far.</summary>
    public UtilityAccount Account => new()
    {
        Arrived = _arrived,
        EdgeCompleted = _edgeCompleted,
        CloudCompleted = _cloudCompleted,
        EdgeLate = _edgeLate,
        CloudLate = _cloudLate,
        Dropped = _dropped,
        Utility = _utility,
        Qoe = _windows.Bonus(),
    };

    /// <summary>A segment's task has arrived, at its release.</summary>
    public void Arrive(InferenceTask task) => Arrive(task, task.Release);

    /// <summary>A segment's task is handed over, perhaps later than its segment arrived.</summary>
    /// <param name="task">Its deadline counts from its release, whenever it is handed over.</param>
    /// <param name="at">Not before the release.</param>
    public void Arrive(InferenceTask task, long at)
    {
        if (at < task.Release)
        {
            throw new SchedulingException($"{task} is handed over at {at} µs, before its segment arrives at {task.Release} µs.");
        }

        MoveTo(at);
        Require(task, TaskState.Announced, "arrive");
        task.State = TaskState.Waiting;
        _arrived++;
        Open++;
        _windows.Released(task.TypeIndex, task.Release, at);
        Trace(TraceKind.Arrived, task, 0);
        _policy.OnArrival(task);
        OfferEdge();
    }

    /// <summary>The edge has ended the task it ran.</summary>
    /// <param name="at">When.</param>
    /// <param name="outcome">Without a result the cost stays and the benefit is gone.</param>
    public void EdgeFinished(long at, RunOutcome outcome = RunOutcome.Succeeded)
    {
        MoveTo(at);
        InferenceTask task = OnEdge ?? throw new SchedulingException("the edge reports an end but runs nothing.");
        OnEdge = null;
        Trace(outcome == RunOutcome.Succeeded ? TraceKind.EdgeFinished : TraceKind.EdgeFailed, task, 0);
        if (Settle(task, outcome, task.Type.EdgeUtility, task.Type.EdgeCost))
        {
            _edgeCompleted++;
        }
        else
        {
            _edgeLate++;
        }

        _policy.OnEdgeFinished(task, at - task.StartedAt);
        OfferEdge();
    }

    /// <summary>A cloud call has ended.</summary>
    /// <param name="task">Whose.</param>
    /// <param name="at">When.</param>
    /// <param name="outcome">Without a result the cost stays and the benefit is gone.</param>
    public void CloudFinished(InferenceTask task, long at, RunOutcome outcome = RunOutcome.Succeeded)
    {
        MoveTo(at);
        Require(task, TaskState.InCloud, "come back from the cloud");
        Trace(outcome == RunOutcome.Succeeded ? TraceKind.CloudFinished : TraceKind.CloudFailed, task, 0);
        if (Settle(task, outcome, task.Type.CloudUtility, task.Type.CloudCost))
        {
            _cloudCompleted++;
        }
        else
        {
            _cloudLate++;
        }

        _policy.OnCloudFinished(task, at - task.StartedAt);
        OfferEdge();
    }

    /// <summary>The owner gives up a run or a call, such as when its drone has left; nothing happens to a task that runs nowhere.</summary>
    public void Cancel(InferenceTask task, long at)
    {
        MoveTo(at);
        if (task.State is TaskState.OnEdge or TaskState.InCloud)
        {
            _executor.Cancel(task);
        }
    }

    /// <summary>The time of <see cref="NextWake"/> has come.</summary>
    public void Wake(long at)
    {
        MoveTo(at);
        NextWake = long.MaxValue;
        _policy.OnWake();
        OfferEdge();
    }

    void ISchedule.StartOnEdge(InferenceTask task, long expected)
    {
        Require(task, TaskState.Waiting, "start on the edge");
        if (OnEdge is { } running)
        {
            throw new SchedulingException($"{_policy.Name} started {task} while {running} runs: the edge runs one at a time.");
        }

        RefuseLate(task, expected);
        task.State = TaskState.OnEdge;
        task.StartedAt = Now;
        OnEdge = task;
        _edgeExpectedEnd = Now + expected;
        Trace(TraceKind.StartedOnEdge, task, expected);
        _executor.StartOnEdge(task);
    }

    void ISchedule.SendToCloud(InferenceTask task, long expected)
    {
        Require(task, TaskState.Waiting, "go to the cloud");
        RefuseLate(task, expected);
        task.State = TaskState.InCloud;
        task.StartedAt = Now;
        Trace(TraceKind.SentToCloud, task, expected);
        _executor.SendToCloud(task);
    }

    void ISchedule.Drop(InferenceTask task)
    {
        Require(task, TaskState.Waiting, "be dropped");
        task.State = TaskState.Dropped;
        _dropped++;
        Open--;
        Trace(TraceKind.Dropped, task, 0);
    }

    void ISchedule.Cancel(InferenceTask task)
    {
        if (task.State is not (TaskState.OnEdge or TaskState.InCloud))
        {
            throw new SchedulingException($"{_policy.Name} cancels {task}, which is {task.State} and runs nowhere.");
        }

        _executor.Cancel(task);
    }

    void ISchedule.WakeAt(long time) => NextWake = Math.Min(NextWake, Math.Max(time, Now));

    private bool Settle(InferenceTask task, RunOutcome outcome, int utility, int cost)
    {
        Open--;
        task.Outcome = outcome;
        bool inTime = outcome == RunOutcome.Succeeded && Now <= task.Deadline;
        task.State = inTime ? TaskState.Completed : TaskState.Late;
        _utility += inTime ? utility : -cost;
        if (inTime)
        {
            _windows.Completed(task.TypeIndex, task.Release);
        }

        return inTime;
    }

    private void OfferEdge()
    {
        if (OnEdge is null)
        {
            _policy.OnEdgeIdle();
        }
    }

    private void RefuseLate(InferenceTask task, long expected)
    {
        if (Now + expected > task.Deadline)
        {
            throw new SchedulingException(
                $"{_policy.Name} started {task} at {Now} µs for {expected} µs, past its deadline at {task.Deadline} µs: nothing starts that is known to be late.");
        }
    }

    private void MoveTo(long at)
    {
        if (at < Now)
        {
            throw new SchedulingException($"time runs backwards: an event at {at} µs after one at {Now} µs.");
        }

        Now = at;
    }

    private void Require(InferenceTask task, TaskState state, string verb)
    {
        if (task.State != state)
        {
            throw new SchedulingException($"{_policy.Name}: {task} is {task.State} and cannot {verb}.");
        }
    }

    private void Trace(TraceKind kind, InferenceTask task, long expected) =>
        _trace?.Invoke(new TraceEntry(Now, kind, task.Id, task.TypeIndex, task.Drone, task.Release, expected));
}
