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
}
