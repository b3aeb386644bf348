using Sensing.TrafficCamera.Setup;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Setup;

public sealed class CarriagewayTests
{
    [Fact]
    public void The_pose_is_that_of_the_camera()
    {
        CameraPose pose = Views.Carriageway(Views.Road()).Pose;
        Assert.InRange(pose.FocalPixels, 680, 720);
        Assert.InRange(pose.HeightM, 7.8, 8.2);
        Assert.InRange(pose.Nadir.AcrossM, 4.8, 5.2);
        Assert.InRange(pose.Nadir.AlongM, -14.6, -13.4);
        Assert.InRange(pose.Misfit, 0, 0.02);
    }

    [Theory]
    [InlineData(1, 10, 1.5)]
    [InlineData(6, 40, 3)]
    public void Points_above_the_road_are_seen_where_the_camera_sees_them(double across, double along, double up)
    {
        (double x, double y) = Views.Carriageway(Views.Road()).Pose.Project(across, along, up);
        (double ex, double ey) = Views.Project(across, along, up);
        Assert.Equal(ex, x, 1.0);
        Assert.Equal(ey, y, 1.0);
    }

    [Fact]
    public void Set_ups_stay_in_the_cameras_pixels()
    {
        ApproachOptions options = Views.Road();
        Carriageway full = new(options, Views.Width, Views.Height, Views.Width, Views.Height);
        Carriageway half = new(options, Views.Width, Views.Height, Views.Width / 2, Views.Height / 2);
        (double x, double y) = full.ToImage.Map(3, 20);
        RoadPoint? seen = half.RoadAt(x / 2, y / 2);
        Assert.NotNull(seen);
        Assert.Equal(3, seen.Value.AcrossM, 6);
        Assert.Equal(20, seen.Value.AlongM, 6);
    }

    [Fact]
    public void Nothing_above_the_horizon_is_road() => Assert.Null(Views.Carriageway(Views.Road()).RoadAt(320, -100));

    [Theory]
    [InlineData(-0.4, 1)]
    [InlineData(1, 1)]
    [InlineData(3.6, 2)]
    [InlineData(7.4, 2)]
    public void Lanes_are_numbered_from_the_left(double across, int lane) => Assert.Equal(lane, Views.Carriageway(Views.Road()).LaneAt(across));

    /// <summary>Two lanes of 3.5 m: nearer to the line in the middle than to the oncoming lane's middle is in the own lane.</summary>
    [Theory]
    [InlineData(2.8, 10, RoadSide.Right, 2)]
    [InlineData(2.5, 10, RoadSide.Right, 1)]
    [InlineData(4.2, -10, RoadSide.Right, 1)]
    [InlineData(4.5, -10, RoadSide.Right, 2)]
    [InlineData(4.2, 10, RoadSide.Left, 1)]
    [InlineData(2.8, -10, RoadSide.Left, 2)]
    [InlineData(5, 10, RoadSide.Right, 2)]
    [InlineData(1, -10, RoadSide.Right, 1)]
    [InlineData(2.8, 0.5, RoadSide.Right, 1)]
    public void On_a_road_of_both_directions_a_vehicle_keeps_its_lane_near_the_middle(
        double across, double moved, RoadSide side, int lane) =>
        Assert.Equal(
            lane, Views.Carriageway(Views.Road(direction: TrafficDirection.Both) with { DrivesOn = side }).LaneAt(across, moved));

    [Theory]
    [InlineData(TrafficDirection.Away, 2, 1)]
    [InlineData(TrafficDirection.Both, 3, 2)]
    public void Elsewhere_the_place_alone_decides(TrafficDirection direction, int lanes, int lane) =>
        Assert.Equal(lane, Views.Carriageway(Views.Road(lanes: lanes, direction: direction)).LaneAt(2.8, 10));

    [Fact]
    public void A_badly_set_up_approach_is_placed_on_its_cameras_plane()
    {
        // A carriageway beside the good one, whose far end was drawn much too near: no camera sees a rectangle so.
        ApproachOptions bad = Views.Road() with
        {
            Name = "south",
            Polygon = [Views.Pixel(9, 0), Views.Pixel(16, 0), Views.Pixel(22, 9), Views.Pixel(9, 20)],
        };
        Carriageway[] roads = Carriageway.All([Views.Road(), bad], Views.Width, Views.Height, Views.Width, Views.Height);
        (double ex, double ey) = Views.Project(9 + 2, 12, 0);
        (double x, double y) = roads[1].ToImage.Map(2, 12);
        Assert.True(new Carriageway(bad, Views.Width, Views.Height, Views.Width, Views.Height).Pose.Misfit > CameraPose.PlausibleMisfit);
        Assert.Equal(ex, x, 1.0);
        Assert.Equal(ey, y, 1.0);
    }
}
