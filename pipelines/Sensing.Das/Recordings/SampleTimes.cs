namespace Sensing.Das.Recordings;

/// <summary>Stored times of a recording's samples.</summary>
internal abstract class SampleTimes
{
    public abstract void Read(long firstRow, Span<DateTimeOffset> times);
}
