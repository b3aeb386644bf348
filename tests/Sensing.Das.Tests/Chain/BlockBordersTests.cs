using CsCheck;
using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.Das.Tests.Chain;

public sealed class BlockBordersTests
{
    private const double Seconds = 70;

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(3000)]
    public void Blocks_of_one_sample_a_second_and_a_minute_give_the_same_events(int rows)
    {
        using DasBlock whole = ChainFixture.Whole(Seconds);
        List<SensorEvent> expected = ChainFixture.Run(whole, [whole.Rows]);
        Assert.Contains(expected, e => e.Type == DasEvents.Vehicle.Name);
        Assert.Contains(expected, e => e.Type == DasEvents.Flow.Name);
        Assert.Contains(expected, e => e.Type == DasEvents.Waterfall.Name);
        Assert.Equal(expected, ChainFixture.Run(whole, [rows]));
    }

    [Fact]
    public void However_the_samples_are_cut_the_events_are_the_same()
    {
        using DasBlock whole = ChainFixture.Whole(Seconds);
        List<SensorEvent> expected = ChainFixture.Run(whole, [whole.Rows]);
        Gen.Int[1, 700].Array[1, 12].Sample(
            lengths => expected.SequenceEqual(ChainFixture.Run(whole, lengths)), iter: 8, threads: 1);
    }
}
