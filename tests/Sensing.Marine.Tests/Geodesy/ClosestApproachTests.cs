using CsCheck;
using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Tests.Geodesy;

public sealed class ClosestApproachTests
{
    /// <summary>Places where a plane or a longitude fails, and anywhere else.</summary>
    private static readonly Gen<GeoPosition> Places = Gen.OneOf(
        Gen.Select(Gen.Double[-89, 89], Gen.Double[-180, 180], (lat, lon) => new GeoPosition(lat, lon)),
        Gen.Select(Gen.Double[89.9, 89.999], Gen.Double[-180, 180], (lat, lon) => new GeoPosition(lat, lon)),
        Gen.Select(Gen.Double[-60, 60], Gen.Double[179.95, 180], (lat, lon) => new GeoPosition(lat, lon)));

    [Fact]
    public void No_other_time_is_closer() => Gen.Select(
        Places, Gen.Double[0, 360], Gen.Double[100, 30_000],
        Gen.Select(Gen.Double[0, 360], Gen.Double[0, 20]), Gen.Select(Gen.Double[0, 360], Gen.Double[0, 20])).Sample((place, bearing, range, own, target) =>
        {
            var o = new Motion(place, own.Item1, own.Item2);
            var t = new Motion(Geodesic.Move(place, bearing, range), target.Item1, target.Item2);
            ClosestApproach approach = ClosestApproach.Of(o, t);
            Assert.Equal(range, approach.RangeM, 0.01);
            if (approach.RelativeSpeedMs < 0.2 || Math.Abs(approach.TcpaS) > 7200)
            {
                return;
            }

            Assert.Equal(approach.CpaM, Apart(approach.TcpaS), 0.01);
            foreach (double offset in new double[] { -600, -60, -5, 5, 60, 600 })
            {
                Assert.True(Apart(approach.TcpaS + offset) >= approach.CpaM - 0.01, $"closer {offset} s beside it");
            }

            double Apart(double seconds) => Geodesic.Distance(o.After(seconds).Position, t.After(seconds).Position);
        });

    [Fact]
    public void Vessels_that_keep_their_distance_have_it_as_their_closest_approach()
    {
        var own = new Motion(new GeoPosition(54, 10), 90, 5);
        var target = new Motion(new GeoPosition(54, 10), 90, 5);
        Assert.Equal((0, 0), (ClosestApproach.Of(own, target).CpaM, ClosestApproach.Of(own, target).TcpaS));
        Assert.Equal(0, ClosestApproach.Of(own with { SpeedMs = 0 }, own with { SpeedMs = 0, Position = new GeoPosition(54.01, 10) }).TcpaS);
    }
}
