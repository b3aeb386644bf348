namespace Sensing.Effects;

/// <summary>How far a pipeline's input has come: where a completion entered it, and enters it again in a replay.</summary>
/// <param name="Until">End of the samples so far, sensor time.</param>
/// <param name="Readings">Samples without a duration at that very instant.</param>
/// <remarks>Does not depend on how the samples are cut into blocks, as long as a block ends there.</remarks>
public readonly record struct StreamPosition(DateTimeOffset Until, int Readings) : IComparable<StreamPosition>
{
    /// <summary>Before the first sample.</summary>
    public static StreamPosition Begin { get; } = new(DateTimeOffset.MinValue, 0);

    public static bool operator <(StreamPosition left, StreamPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamPosition left, StreamPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamPosition left, StreamPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamPosition left, StreamPosition right) => left.CompareTo(right) >= 0;

    public int CompareTo(StreamPosition other) =>
        Until != other.Until ? Until.CompareTo(other.Until) : Readings.CompareTo(other.Readings);

    /// <summary>The position after one more sample.</summary>
    public StreamPosition After(Streams.ITimed sample)
    {
        DateTimeOffset end = sample.Time + sample.Duration;
        int readings = sample.Duration == TimeSpan.Zero ? 1 : 0;
        return end > Until ? new StreamPosition(end, readings) : end == Until ? this with { Readings = Readings + readings } : this;
    }
}
