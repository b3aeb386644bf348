namespace Sensing.Das.Recordings;

/// <summary>The stored numbers of a recording, read by rows (instants) whatever their order in the file.</summary>
internal abstract class SampleMatrix : IDisposable
{
    public abstract long Rows { get; }

    public abstract int Channels { get; }

    /// <summary>Reads rows into <paramref name="values"/>, [time][channel], as stored.</summary>
    /// <exception cref="RecordingException">The file ends, or cannot be decoded, there.</exception>
    public abstract void Read(long firstRow, int rows, Span<float> values);

    public virtual void Dispose()
    {
    }
}
