namespace Sensing.Scheduling.Simulation;

/// <summary>The simulated edge and cloud: everything takes as long as was drawn for it.</summary>
internal sealed class DrawnTimes : IExecutor
{
    private readonly TaskStream _stream;
    private readonly CloudConditions _conditions;
    private readonly LatencyOptions _latency;
    private readonly UplinkQueue? _uplink;
    private readonly PriorityQueue<long, long> _slots = new();
    private readonly PriorityQueue<(InferenceTask Task, RunOutcome Outcome), (long At, int Id)> _calls = new();
    private RunOutcome _edgeOutcome;

    public DrawnTimes(TaskStream stream, CloudConditions conditions, LatencyOptions latency)
    {
        _stream = stream;
        _conditions = conditions;
        _latency = latency;
        _uplink = stream.Workload.Uplink is { } options ? new UplinkQueue(options) : null;
        for (int slot = 0; slot < stream.Workload.CloudSlots; slot++)
        {
            _slots.Enqueue(0, 0);
        }
    }

    public long EdgeEnd { get; private set; } = long.MaxValue;

    public long NextCloudEnd { get; private set; } = long.MaxValue;

    public void StartOnEdge(InferenceTask task)
    {
        _edgeOutcome = RunOutcome.Succeeded;
        EdgeEnd = task.StartedAt + (long)(_stream.EdgeTimes[task.Id] * _stream.Workload.EdgeSlowdownAt(task.StartedAt));
    }

    /// <summary>The present, at which a cancelled run ends.</summary>
    public Func<long> Clock { get; set; } = () => 0;

    public void Cancel(InferenceTask task)
    {
        long now = Clock();
        if (task.State == TaskState.OnEdge)
        {
            (EdgeEnd, _edgeOutcome) = (now, RunOutcome.Censored);
            return;
        }

        _calls.Remove(_calls.UnorderedItems.First(call => call.Element.Task == task).Element, out _, out _);
        _calls.Enqueue((task, RunOutcome.Censored), (now, task.Id));
        Refresh();
    }

    public void SendToCloud(InferenceTask task)
    {
        long now = task.StartedAt;
        (long took, RunOutcome outcome) = _conditions.IsAwayAt(now)
            ? (_conditions.RefusedAfter ?? long.MaxValue, RunOutcome.Failed)
            : (Call(task, now) - now, RunOutcome.Succeeded);
        if (took > _latency.CloudTimeout)
        {
            (took, outcome) = (_latency.CloudTimeout, RunOutcome.Censored);
        }

        _calls.Enqueue((task, outcome), (now + took, task.Id));
        Refresh();
    }

    public void ReportNext(SchedulingCore core)
    {
        if (EdgeEnd <= NextCloudEnd)
        {
            long at = EdgeEnd;
            EdgeEnd = long.MaxValue;
            core.EdgeFinished(at, _edgeOutcome);
            return;
        }

        if (_calls.TryDequeue(out (InferenceTask Task, RunOutcome Outcome) call, out (long At, int Id) key))
        {
            Refresh();
            core.CloudFinished(call.Task, key.At, call.Outcome);
        }
    }

    /// <summary>When a call made now ends: after its turn on the link and its turn in the cloud.</summary>
    private long Call(InferenceTask task, long now)
    {
        long start = _uplink?.Send(task, now) ?? now;
        if (_slots.TryDequeue(out long free, out _))
        {
            start = Math.Max(start, free);
        }

        long end = start + _stream.CloudTimes[task.Id] + _conditions.AddedAt(now);
        if (_stream.Workload.CloudSlots > 0)
        {
            _slots.Enqueue(end, end);
        }

        return end;
    }

    private void Refresh() =>
        NextCloudEnd = _calls.TryPeek(out _, out (long At, int Id) key) ? key.At : long.MaxValue;
}
