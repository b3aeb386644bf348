namespace Sensing.Scheduling;

/// <summary>Cloud-bound tasks that wait for their trigger time in case the edge finds room for them.</summary>
public sealed class DeferredQueue
{
    private readonly List<(long Trigger, InferenceTask Task)> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>In order of trigger time.</summary>
    public InferenceTask this[int index] => _waiting[index].Task;

    /// <summary>The earliest trigger, or <see cref="long.MaxValue"/>.</summary>
    public long NextTrigger => _waiting.Count == 0 ? long.MaxValue : _waiting[0].Trigger;

    public void Add(InferenceTask task, long trigger)
    {
        int position = _waiting.Count;
        while (position > 0 && _waiting[position - 1].Trigger > trigger)
        {
            position--;
        }

        _waiting.Insert(position, (trigger, task));
    }

    public InferenceTask TakeAt(int index)
    {
        InferenceTask task = _waiting[index].Task;
        _waiting.RemoveAt(index);
        return task;
    }

    /// <summary>Takes the first task whose trigger time has come.</summary>
    public bool TryTakeDue(long now, out InferenceTask task)
    {
        if (NextTrigger > now)
        {
            task = null!;
            return false;
        }

        task = TakeAt(0);
        return true;
    }
}
