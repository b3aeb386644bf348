namespace Sensing.EdgeNode.TestNode;

/// <summary>Lets another process say how far a <see cref="NumberSource"/> may read, and see how far it has read.</summary>
/// <param name="path">The file that both have.</param>
public sealed class NumberGate(string path) : IDisposable
{
    private readonly SharedNumbers _numbers = new(path);

    /// <summary>So many numbers, from 0, may be read.</summary>
    public long Allowed
    {
        get => _numbers[0];
        set => _numbers[0] = value;
    }

    /// <summary>So many have been read; less again after a restart from a checkpoint.</summary>
    public long Read
    {
        get => _numbers[1];
        set => _numbers[1] = value;
    }

    public void Dispose() => _numbers.Dispose();
}
