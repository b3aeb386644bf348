namespace Sensing.CloudIngest.Models;

/// <summary>Counts downloads, so that many nodes at once do not take all connections.</summary>
internal sealed class ModelDownloads(int most)
{
    private int _running;

    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _running) <= most)
        {
            return true;
        }

        End();
        return false;
    }

    public void End() => Interlocked.Decrement(ref _running);
}
