namespace Sensing.Drones.Live;

/// <summary>One task of a segment, as a pipeline asks for it. Disposed when the task has ended, however it
/// did.</summary>
/// <param name="Segment">The segment that it shares.</param>
/// <param name="Index">Its place in <see cref="SegmentWork.Order"/>.</param>
public sealed record TaskRequest(SegmentWork Segment, int Index) : IDisposable
{
    public void Dispose() => Segment.Release();
}
