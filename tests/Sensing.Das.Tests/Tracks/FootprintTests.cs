using CsCheck;
using Sensing.Das.Events;
using Sensing.Das.Tracks;

namespace Sensing.Das.Tests.Tracks;

public sealed class FootprintTests
{
    [Fact]
    public void The_time_along_a_parabola_is_the_parabolas() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[0.02, 0.4], Gen.Double[-1e-4, 1e-4]).Sample((offset, slowness, curve) =>
        {
            double At(double m) => offset + (slowness * m) + (curve * m * m);
            var way = new Footprint(TravelDirection.Increasing, 20, 300, At(20), At(160), At(300));
            foreach (double m in new[] { 20, 77, 160, 251.5, 300 })
            {
                Assert.Equal(At(m), way.SecondsAt(m), 1e-6);
            }
        });

    [Theory]
    [InlineData(TravelDirection.Increasing)]
    [InlineData(TravelDirection.Decreasing)]
    public void Tracks_are_compared_where_both_run_last(TravelDirection direction)
    {
        bool rising = direction == TravelDirection.Increasing;

        // Two ways that meet at the end of travel: 4 s apart at the entry, 0 at the exit, over 400 m.
        Footprint Way(double entry, double exit) => rising
            ? new Footprint(direction, 0, 400, entry, (entry + exit) / 2, exit)
            : new Footprint(direction, 0, 400, exit, (entry + exit) / 2, entry);
        Footprint slow = Way(0, 30), fast = Way(4, 30);
        Assert.Equal(0.4, slow.SecondsFrom(fast, 80), 6);
        Assert.Equal(2.0, slow.SecondsFrom(fast, 400), 6);
        Assert.Equal(slow.SecondsFrom(fast, 80), fast.SecondsFrom(slow, 80), 9);
    }

    [Fact]
    public void Tracks_of_other_directions_or_places_are_never_the_same()
    {
        var way = new Footprint(TravelDirection.Increasing, 0, 100, 0, 2, 4);
        Assert.Equal(double.PositiveInfinity, way.SecondsFrom(way with { Direction = TravelDirection.Decreasing }, 80));
        Assert.Equal(double.PositiveInfinity, way.SecondsFrom(new Footprint(TravelDirection.Increasing, 70, 200, 3, 5, 7), 80));
        Assert.Equal(0, way.SecondsFrom(way, 80));
    }
}
