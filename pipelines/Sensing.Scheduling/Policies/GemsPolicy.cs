namespace Sensing.Scheduling.Policies;

/// <summary>
/// GEMS: DEMS that guards the quality of experience. Where a type's completion rate in the present window lags behind α,
/// its queued edge tasks that the cloud can make go there at once.
/// </summary>
public sealed class GemsPolicy(DemsOptions options) : DemsPolicy(options)
{
    private long[] _window = [];
    private int[] _done = [];
    private int[] _ended = [];

    public GemsPolicy()
        : this(DemsOptions.Default)
    {
    }

    public override string Name => "GEMS";

    public override void OnArrival(InferenceTask task)
    {
        base.OnArrival(task);
        Guard(task.TypeIndex);
    }

    public override void OnEdgeFinished(InferenceTask task, long took) => Ended(task);

    public override void OnCloudFinished(InferenceTask task, long took) => Ended(task);

    protected override void OnAttached()
    {
        _window = new long[Schedule.Types.Count];
        _done = new int[Schedule.Types.Count];
        _ended = new int[Schedule.Types.Count];
    }

    /// <summary>A dropped task is one that its window has lost. The guard runs at the next event, not amid a decision.</summary>
    protected override void Drop(InferenceTask task)
    {
        base.Drop(task);
        Turn(task.TypeIndex);
        _ended[task.TypeIndex]++;
    }

    private void Ended(InferenceTask task)
    {
        Turn(task.TypeIndex);
        _ended[task.TypeIndex]++;
        if (task.State == TaskState.Completed)
        {
            _done[task.TypeIndex]++;
        }

        Guard(task.TypeIndex);
    }

    private void Guard(int type)
    {
        Turn(type);
        if (_ended[type] == 0 || _done[type] >= Options.Qoe.Rate * _ended[type])
        {
            return;
        }

        for (int i = Queue.Count - 1; i >= 0; i--)
        {
            if (Queue[i].TypeIndex == type && CloudPays(Queue[i]))
            {
                InferenceTask task = Queue.TakeAt(i);
                task.Move = TaskMove.Migrated;
                Schedule.SendToCloud(task, ExpectedCloudTime(task));
            }
        }
    }

    private void Turn(int type)
    {
        long window = Schedule.Now / Options.Qoe.Window;
        if (window != _window[type])
        {
            (_window[type], _done[type], _ended[type]) = (window, 0, 0);
        }
    }
}
