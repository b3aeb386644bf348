using Sensing.Scheduling;

namespace Sensing.Benchmarks.Scheduling;

/// <summary>
/// An edge under a policy whose queue never shrinks: whenever fewer tasks wait than asked for, one more arrives. The cloud
/// does not pay for any of them, or a policy would have no queue.
/// </summary>
internal sealed class LoadedEdge : IExecutor
{
    private static readonly InferenceTaskType[] Types =
        [.. PublishedTaskTypes.Active.Select(t => t with { CloudCost = 2 * t.Benefit, DeadlineMs = 3 * t.DeadlineMs })];

    private readonly SchedulingCore _core;
    private readonly int _queued;
    private long _edgeEnd = long.MaxValue;
    private int _arrived;

    public LoadedEdge(SchedulingPolicy policy, int queued)
    {
        _core = new SchedulingCore(Types, policy, this, QoeOptions.Default);
        _queued = queued;
    }

    public void StartOnEdge(InferenceTask task) => _edgeEnd = task.StartedAt + (task.EdgeTime * 9 / 10);

    public void SendToCloud(InferenceTask task) =>
        throw new InvalidOperationException($"{task} went to a cloud that does not pay.");

    public void Cancel(InferenceTask task) => throw new InvalidOperationException($"{task} is never cancelled.");

    /// <summary>One task arrives, with all that happens until the next may.</summary>
    public void Step()
    {
        int type = _arrived % Types.Length;
        _core.Arrive(new InferenceTask(_arrived, type, Types[type], _arrived / Types.Length % 16, _core.Now));
        _arrived++;
        while (_core.Open - (_core.OnEdge is null ? 0 : 1) >= _queued || _core.NextWake <= _core.Now)
        {
            if (_edgeEnd <= _core.NextWake)
            {
                long end = _edgeEnd;
                _edgeEnd = long.MaxValue;
                _core.EdgeFinished(end);
            }
            else
            {
                _core.Wake(_core.NextWake);
            }
        }
    }
}
