using Sensing.TrafficCamera.Background;
using Sensing.Vision.Frames;
using Sensing.Vision.OpenCv;

namespace Sensing.TrafficCamera.Tests.Background;

public sealed class OpenCvBackgroundTests
{
    [Theory]
    [InlineData(OpenCvModel.Mog2)]
    [InlineData(OpenCvModel.Knn)]
    public void A_vehicle_on_a_learned_road_is_found(OpenCvModel kind)
    {
        Assert.SkipWhen(OpenCvLibrary.Problem is not null, $"OpenCV cannot be loaded: {OpenCvLibrary.Problem}");
        using var model = new OpenCvBackground(kind);
        var road = new RoadPicture(160, 120, 3);
        for (int k = 0; k < 100; k++)
        {
            using Frame empty = road.At(k / 10.0);
            model.Apply(empty);
        }

        using Frame frame = road.At(10.1);
        RoadPicture.DrawVehicle(frame, 60, 40, 40, 30, body: 230);
        ForegroundMask mask = model.Apply(frame);
        Assert.Equal(PixelClass.Vehicle, mask.Row(66)[80]);
        Assert.InRange(mask.Pixels.Count(PixelClass.Vehicle), 700, 1800);
    }

    [Fact]
    public void Where_the_library_is_missing_the_error_says_what_to_install()
    {
        Assert.SkipWhen(OpenCvLibrary.Problem is null, "OpenCV is installed here");
        var error = Assert.Throws<PlatformNotSupportedException>(() => new OpenCvBackground(OpenCvModel.Knn));
        Assert.Contains("libgtk2.0-0", error.Message, StringComparison.Ordinal);
    }
}
