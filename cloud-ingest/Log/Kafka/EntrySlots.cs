namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Numbers for things that native code gives back: a thing has one from <see cref="Take"/> to <see cref="Release"/>, then another may have it.</summary>
internal sealed class EntrySlots<T>
    where T : class
{
    private readonly List<T?> _things = [];
    private readonly Stack<nint> _free = [];

    /// <returns>Null where nothing has that number.</returns>
    public T? this[nint slot] => _things[(int)slot - 1];

    /// <returns>1 or more.</returns>
    public nint Take(T thing)
    {
        if (_free.TryPop(out nint slot))
        {
            _things[(int)slot - 1] = thing;
            return slot;
        }

        _things.Add(thing);
        return _things.Count;
    }

    /// <returns>What had the number; null where nothing had.</returns>
    public T? Release(nint slot)
    {
        if (_things[(int)slot - 1] is not { } thing)
        {
            return null;
        }

        _things[(int)slot - 1] = null;
        _free.Push(slot);
        return thing;
    }
}
