namespace Sensing.CloudIngest.Query;

/// <summary>Counts live readers, so that there are not more than configured.</summary>
internal sealed class LiveReaders(int limit)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= limit)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}
