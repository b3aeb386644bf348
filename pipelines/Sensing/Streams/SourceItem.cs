using Sensing.Events.Node;

namespace Sensing.Streams;

/// <summary>What a source yields: samples, or a notice about its input, and the position after it.</summary>
/// <param name="Sample">Samples; null in a notice. The reader owns it and disposes it where it is disposable.</param>
/// <param name="Notice">A gap, a damaged file and the like; null with samples.</param>
/// <param name="Time">Sensor time of the sample or of what the notice is about.</param>
/// <param name="Next">Position from which the source goes on after this item.</param>
public sealed record SourceItem<TSample>(TSample? Sample, StreamNotice? Notice, DateTimeOffset Time, SourcePosition Next)
    where TSample : class, ITimed
{
    public static SourceItem<TSample> Of(TSample sample, SourcePosition next) => new(sample, null, sample.Time, next);

    public static SourceItem<TSample> Of(StreamNotice notice, DateTimeOffset time, SourcePosition next) => new(null, notice, time, next);
}
