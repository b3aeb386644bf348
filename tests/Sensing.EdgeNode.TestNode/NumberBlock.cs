using Sensing.Streams;

namespace Sensing.EdgeNode.TestNode;

/// <summary>Consecutive numbers, one a second of sensor time.</summary>
public sealed record NumberBlock(long First, int Count) : ITimed
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Time => Epoch.AddSeconds(First);

    public TimeSpan Duration => TimeSpan.FromSeconds(Count);
}
