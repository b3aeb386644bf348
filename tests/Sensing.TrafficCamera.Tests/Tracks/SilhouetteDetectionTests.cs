using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Tracks;

public sealed class SilhouetteDetectionTests
{
    private static readonly Carriageway Road = Views.Carriageway(Views.Road());

    [Theory]
    [InlineData(1.7, 8)]
    [InlineData(5.3, 20)]
    [InlineData(1.7, 35)]
    public void A_car_is_found_where_it_is(double across, double along)
    {
        Detection car = Assert.Single(Detect(PaintedTraffic.Mask((across, along, PaintedTraffic.Car))));
        Assert.Equal(across, car.Contact.AcrossM, 0.4);
        Assert.Equal(along, car.Contact.AlongM, 1.0 + (along / 30));
        Assert.Equal(VehicleClass.Car, car.Class);
    }

    [Fact]
    public void Two_side_by_side_without_a_gap_in_the_picture_are_two()
    {
        IReadOnlyList<Detection> cars = Detect(PaintedTraffic.Mask((2.3, 14, PaintedTraffic.Car), (4.2, 14.5, PaintedTraffic.Car)));
        Assert.Equal(2, cars.Count);
        Assert.Contains(cars, c => Math.Abs(c.Contact.AcrossM - 2.3) < 0.6);
        Assert.Contains(cars, c => Math.Abs(c.Contact.AcrossM - 4.2) < 0.6);
    }

    [Fact]
    public void One_that_looks_out_behind_another_is_found()
    {
        IReadOnlyList<Detection> cars = Detect(PaintedTraffic.Mask((1.7, 8, PaintedTraffic.Car), (1.7, 17, PaintedTraffic.Car)));
        Assert.Equal(2, cars.Count);
        Assert.Equal(8, cars[0].Contact.AlongM, 1.2);
        Assert.Equal(17, cars[1].Contact.AlongM, 2.5);
    }

    [Fact]
    public void One_that_a_pole_cuts_in_two_stays_one()
    {
        ForegroundMask mask = PaintedTraffic.Mask((1.7, 10, PaintedTraffic.Car));
        int pole = (int)Views.Project(1.7, 10, 0.5).X;
        for (int y = 0; y < mask.Height; y++)
        {
            mask.Row(y).Slice(pole - 3, 7).Clear();
        }

        Assert.Single(Detect(mask));
    }

    [Fact]
    public void Noise_is_nothing()
    {
        var random = new Random(7);
        var mask = new ForegroundMask(Views.Width, Views.Height);
        for (int i = 0; i < mask.Pixels.Length; i++)
        {
            mask.Pixels[i] = random.Next(12) == 0 ? PixelClass.Vehicle : PixelClass.Road;
        }

        Assert.Empty(Detect(mask));
    }

    [Fact]
    public void A_truck_a_car_and_a_two_wheeler_are_told_apart()
    {
        foreach ((VehicleClass kind, VehicleSize size) in new[]
        {
            (VehicleClass.TwoWheeler, new VehicleSize(0.8, 2, 1.6)), (VehicleClass.Car, PaintedTraffic.Car), (VehicleClass.Truck, new VehicleSize(2.5, 8.5, 3.3)),
        })
        {
            IReadOnlyList<Detection> found = Detect(PaintedTraffic.Mask((1.75, 12, size)));
            Assert.Equal(kind, found[0].Class);
        }
    }

    [Fact]
    public void A_swaying_camera_does_not_move_the_vehicles()
    {
        ForegroundMask still = PaintedTraffic.Mask((1.7, 10, PaintedTraffic.Car)), moved = new(Views.Width, Views.Height);
        for (int y = 6; y < still.Height; y++)
        {
            still.Row(y - 6)[..(still.Width - 9)].CopyTo(moved.Row(y)[9..]);
        }

        moved.Motion = new GlobalMotion(9, 6, 1);
        Detection a = Assert.Single(Detect(still)), b = Assert.Single(Detect(moved));
        Assert.Equal(a.Contact.AlongM, b.Contact.AlongM, 6);
        Assert.Equal(a.Box.Left + 9, b.Box.Left);
        Assert.Equal(a.Box.Bottom + 6, b.Box.Bottom);
    }

    [Fact]
    public void A_models_box_is_placed_by_its_ground_contact_and_takes_its_foreground()
    {
        ForegroundMask mask = PaintedTraffic.Mask((1.7, 10, PaintedTraffic.Car));
        PixelBox box = Assert.Single(Detect(mask)).Box;
        IReadOnlyList<Detection> found = new SilhouetteDetection(Road).Detect(mask, [], [new DetectedBox(box, VehicleClass.Car, 0.9)]);
        Detection car = Assert.Single(found);
        Assert.Equal(1.7, car.Contact.AcrossM, 0.4);
        Assert.Equal(10, car.Contact.AlongM, 1.0);
        Assert.Equal(0.9, car.Score);
    }

    [Fact]
    public void A_mask_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SilhouetteDetection(Road).Detect(new ForegroundMask(320, 180), []));

    private static IReadOnlyList<Detection> Detect(ForegroundMask mask) => [.. new SilhouetteDetection(Road).Detect(mask, [])];
}
