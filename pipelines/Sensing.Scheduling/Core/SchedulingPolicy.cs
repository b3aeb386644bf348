namespace Sensing.Scheduling;

/// <summary>Decides for each task whether, where and when it runs. One instance serves one edge, once.</summary>
/// <remarks>
/// A policy is told of events and acts through <see cref="Schedule"/>. It sees expected times, never the real ones, and
/// keeps no clock: the same object runs under the simulator and under a live executor.
/// </remarks>
public abstract class SchedulingPolicy
{
    private ISchedule? _schedule;

    /// <summary>Name in tables, such as <c>DEMS-A</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The schedule this policy acts on.</summary>
    protected ISchedule Schedule => _schedule
        ?? throw new SchedulingException($"{Name} is not attached: give it to a SchedulingCore first.");

    internal void Attach(ISchedule schedule)
    {
        if (_schedule is not null)
        {
            throw new SchedulingException($"{Name} already serves an edge: make a new one, policies remember.");
        }

        _schedule = schedule;
        OnAttached();
    }

    /// <summary>Called once, before anything else: set up what depends on the types.</summary>
    protected virtual void OnAttached()
    {
    }

    /// <summary>A segment's task arrived and waits.</summary>
    public abstract void OnArrival(InferenceTask task);

    /// <summary>The edge is idle: called after every other event for as long as nothing runs on it.</summary>
    public abstract void OnEdgeIdle();

    /// <summary>The edge ended a task; <see cref="InferenceTask.Outcome"/> says how.</summary>
    /// <param name="task">Completed or late.</param>
    /// <param name="took">µs since it started.</param>
    public virtual void OnEdgeFinished(InferenceTask task, long took)
    {
    }

    /// <summary>A cloud call ended; <see cref="InferenceTask.Outcome"/> says how.</summary>
    /// <param name="task">Completed or late.</param>
    /// <param name="took">µs since it was sent; for a censored call, the least that it would have taken.</param>
    public virtual void OnCloudFinished(InferenceTask task, long took)
    {
    }

    /// <summary>The time asked for with <see cref="ISchedule.WakeAt"/> has come.</summary>
    public virtual void OnWake()
    {
    }
}
