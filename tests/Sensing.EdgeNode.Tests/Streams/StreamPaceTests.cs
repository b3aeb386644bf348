using Microsoft.Extensions.Time.Testing;
using Sensing.EdgeNode.Streams;

namespace Sensing.EdgeNode.Tests.Streams;

public class StreamPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("realtime", 10)]
    [InlineData("10x", 1)]
    [InlineData("2.5", 4)]
    [InlineData("max", 0)]
    public void Ten_seconds_of_recording_take_what_the_pace_says(string pace, double seconds)
    {
        var held = new StreamPace(StreamPace.Speed(pace), TimeSpan.FromMinutes(1), _time);
        Assert.Equal(TimeSpan.Zero, held.Due(EventMaker.Noon));
        Assert.Equal(TimeSpan.FromSeconds(seconds), held.Due(EventMaker.Noon.AddSeconds(10)));
    }

    [Fact]
    public void Time_that_the_pipeline_took_is_not_waited_for_again()
    {
        var held = new StreamPace(1, TimeSpan.FromMinutes(1), _time);
        held.Due(EventMaker.Noon);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), held.Due(EventMaker.Noon.AddSeconds(10)));
    }

    [Fact]
    public void A_long_gap_is_skipped_and_what_follows_it_is_paced()
    {
        var held = new StreamPace(1, TimeSpan.FromSeconds(10), _time);
        held.Due(EventMaker.Noon);
        Assert.Equal(TimeSpan.Zero, held.Due(EventMaker.Noon.AddHours(5)));
        Assert.Equal(TimeSpan.FromSeconds(3), held.Due(EventMaker.Noon.AddHours(5).AddSeconds(3)));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("0")]
    [InlineData("-1")]
    public void What_is_no_pace_is_refused(string pace) => Assert.Throws<FormatException>(() => StreamPace.Speed(pace));
}
