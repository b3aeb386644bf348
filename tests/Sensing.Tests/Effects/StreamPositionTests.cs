using CsCheck;
using Sensing.Effects;
using Sensing.Streams;

namespace Sensing.Tests.Effects;

public sealed class StreamPositionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_position_is_later_by_time_then_by_readings()
    {
        StreamPosition[] ascending =
        [
            StreamPosition.Begin, new(Start, 0), new(Start, 1), new(Start, 2), new(Start.AddTicks(1), 0), new(Start.AddTicks(1), 1),
        ];

        for (int i = 0; i < ascending.Length; i++)
        {
            for (int j = 0; j < ascending.Length; j++)
            {
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(ascending[i].CompareTo(ascending[j])));
                Assert.Equal((i < j, i <= j, i > j, i >= j),
                    (ascending[i] < ascending[j], ascending[i] <= ascending[j], ascending[i] > ascending[j], ascending[i] >= ascending[j]));
            }
        }
    }

    [Fact]
    public void Readings_at_one_instant_are_counted_and_a_block_s_end_is_not()
    {
        StreamPosition one = StreamPosition.Begin.After(new Sample(Start, TimeSpan.Zero));
        StreamPosition two = one.After(new Sample(Start, TimeSpan.Zero));
        StreamPosition block = two.After(new Sample(Start, TimeSpan.FromSeconds(1)));

        Assert.Equal(new StreamPosition(Start, 1), one);
        Assert.Equal(new StreamPosition(Start, 2), two);
        Assert.Equal(new StreamPosition(Start.AddSeconds(1), 0), block);
        Assert.Equal(block, block.After(new Sample(Start, TimeSpan.Zero)));
    }

    /// <summary>What a recording of completions relies on: how samples were cut into blocks does not matter.</summary>
    [Fact]
    public void The_position_does_not_depend_on_how_blocks_are_cut() => Gen.Int[1, 5000].List[1, 20].Sample(lengths =>
    {
        StreamPosition cut = StreamPosition.Begin;
        DateTimeOffset time = Start;
        foreach (int length in lengths)
        {
            StreamPosition next = cut.After(new Sample(time, TimeSpan.FromMilliseconds(length)));
            Assert.True(next > cut);
            cut = next;
            time = time.AddMilliseconds(length);
        }

        Assert.Equal(StreamPosition.Begin.After(new Sample(Start, TimeSpan.FromMilliseconds(lengths.Sum()))), cut);
    });

    private sealed record Sample(DateTimeOffset Time, TimeSpan Duration) : ITimed;
}
