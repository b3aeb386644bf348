using Sensing.Events;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Counts;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests;

public sealed class ApproachChainTests
{
    [Fact]
    public void An_approach_whose_corners_contradict_the_camera_is_placed_on_the_plane_of_the_others()
    {
        ApproachOptions bad = Views.Road() with
        {
            Name = "south",
            Polygon = [Views.Pixel(9, 0), Views.Pixel(16, 0), Views.Pixel(22, 9), Views.Pixel(9, 20)],
        };
        var options = new TrafficOptions { Approaches = [Views.Road(), bad] };
        var chain = new ApproachChain(1, options, new StreamAddress("city", "camera", "north"));
        using var frame = Frame.Rent(Views.Width, Views.Height, Moving.Start);
        chain.Next(new SeenFrame(frame, default) { Mask = new ForegroundMask(Views.Width, Views.Height) }, _ => { });
        (double ex, double ey) = Views.Project(9 + 2, 12, 0);
        (double x, double y) = chain.Last.Road.ToImage.Map(2, 12);
        Assert.Equal("south", chain.Last.Road.Options.Name);
        Assert.Equal(ex, x, 1.0);
        Assert.Equal(ey, y, 1.0);
    }
}
