namespace Sensing.Scheduling;

/// <summary>Tasks that wait for the edge, in the policy's order; equals in order of arrival.</summary>
/// <param name="key">Smaller goes first.</param>
public sealed class EdgeQueue(Func<InferenceTask, double> key)
{
    private readonly List<InferenceTask> _tasks = [];
    private readonly List<double> _keys = [];

    public int Count => _tasks.Count;

    public InferenceTask this[int index] => _tasks[index];

    /// <summary>Where the task would stand: behind all whose key is not larger.</summary>
    public int PositionOf(InferenceTask task)
    {
        double own = key(task);
        int position = _keys.Count;
        while (position > 0 && _keys[position - 1] > own)
        {
            position--;
        }

        return position;
    }

    public void Insert(InferenceTask task)
    {
        int position = PositionOf(task);
        _tasks.Insert(position, task);
        _keys.Insert(position, key(task));
    }

    /// <summary>Σ expected edge time of the tasks before this position, µs.</summary>
    public long TimeAhead(int position)
    {
        long sum = 0;
        for (int i = 0; i < position; i++)
        {
            sum += _tasks[i].EdgeTime;
        }

        return sum;
    }

    public InferenceTask TakeAt(int index)
    {
        InferenceTask task = _tasks[index];
        _tasks.RemoveAt(index);
        _keys.RemoveAt(index);
        return task;
    }

    public void Remove(InferenceTask task) => TakeAt(_tasks.IndexOf(task));
}
