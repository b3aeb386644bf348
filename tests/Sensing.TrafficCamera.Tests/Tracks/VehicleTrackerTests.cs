using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Counts;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Tracks;

public sealed class VehicleTrackerTests
{
    private static readonly Carriageway Road = Views.Carriageway(Views.Road());

    [Fact]
    public void The_rim_of_a_cars_shadow_is_not_a_two_wheeler()
    {
        List<Vehicle> seen = Run(t => [Of(VehicleClass.Car, 2.5, 45 - (8 * t)), Of(VehicleClass.TwoWheeler, 4, 45.5 - (8 * t))], 4);
        Assert.Equal([VehicleClass.Car], seen.Where(v => v.Confirmed).Select(v => v.Class).Distinct());
        Assert.Single(seen.Where(v => v.Confirmed).Select(v => v.Id).Distinct());
    }

    [Fact]
    public void A_two_wheeler_in_the_lane_beside_a_car_is_a_vehicle() => Assert.Equal(
        2, Confirmed(t => [Of(VehicleClass.Car, 1.7, 45 - (8 * t)), Of(VehicleClass.TwoWheeler, 4.2, 45.5 - (8 * t))], 4));

    [Fact]
    public void A_two_wheeler_that_overtakes_closely_stays_a_vehicle() => Assert.Equal(
        2, Confirmed(t => [Of(VehicleClass.Car, 1.7, 38 - (6 * t)), Of(VehicleClass.TwoWheeler, 3.2, 55 - (11 * t))], 4));

    private static int Confirmed(Func<double, IReadOnlyList<Detection>> traffic, double seconds) =>
        Run(traffic, seconds).Where(v => v.Confirmed).Select(v => v.Id).Distinct().Count();

    private static Detection Of(VehicleClass kind, double across, double along) =>
        new(new PixelBox(0, 0, 50, 40), new RoadPoint(across, along), VehicleSize.Of(kind), kind, 0.9);

    private static List<Vehicle> Run(Func<double, IReadOnlyList<Detection>> traffic, double seconds)
    {
        var tracker = new VehicleTracker(Road);
        var seen = new List<Vehicle>();
        for (int k = 0; k < seconds * 25; k++)
        {
            seen.AddRange(tracker.Next(Moving.At(k / 25.0), traffic(k / 25.0)));
        }

        return seen;
    }
}
