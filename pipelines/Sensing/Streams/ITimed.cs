namespace Sensing.Streams;

/// <summary>A sample, or a block of samples, with its place in sensor time.</summary>
public interface ITimed
{
    /// <summary>Sensor time of the first sample, UTC.</summary>
    DateTimeOffset Time { get; }

    /// <summary>What the block covers; zero for a single reading.</summary>
    TimeSpan Duration { get; }
}
