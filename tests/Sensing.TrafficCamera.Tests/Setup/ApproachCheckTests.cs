using Sensing.Configuration;
using Sensing.TrafficCamera.Setup;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Setup;

public sealed class ApproachCheckTests
{
    [Fact]
    public void A_good_set_up_has_no_problems() => Assert.Empty(Of(Views.Road()));

    [Fact]
    public void A_polygon_that_crosses_itself_is_refused()
    {
        PixelPoint[] p = Views.Road().Polygon;
        Expect(Views.Road() with { Polygon = [p[0], p[2], p[1], p[3]] }, "polygon", "crosses itself");
    }

    [Fact]
    public void A_polygon_with_a_dent_is_refused()
    {
        PixelPoint[] p = Views.Road().Polygon;
        PixelPoint dent = new((p[0].X + p[1].X + p[3].X) / 3, (p[0].Y + p[1].Y + p[3].Y) / 3);
        Expect(Views.Road() with { Polygon = [p[0], p[1], dent, p[3]] }, "polygon", "convex");
    }

    [Fact]
    public void A_counting_line_at_the_images_edge_is_refused()
    {
        ApproachOptions road = Views.Road();
        Expect(
            road with { CountingLine = new LineOptions(new PixelPoint(60, Views.Height - 1), new PixelPoint(560, Views.Height - 1)) },
            "countingLine", "edge");
    }

    [Fact]
    public void A_counting_line_outside_the_picture_is_refused() => Expect(
        Views.Road() with { CountingLine = new LineOptions(new PixelPoint(-30, 200), new PixelPoint(500, 200)) }, "countingLine.from", "outside");

    [Fact]
    public void A_counting_line_across_half_the_road_is_refused() => Expect(
        Views.Road() with { CountingLine = new LineOptions(Views.Pixel(0, 15), Views.Pixel(3, 15)) }, "countingLine", "edge to edge");

    [Fact]
    public void Corners_that_no_camera_sees_as_a_rectangle_are_refused() => Expect(
        Views.Road() with
        {
            WidthM = 10.5,
            LengthM = 40,
            Lanes = 3,
            Polygon = [new PixelPoint(425, 225), new PixelPoint(639, 320), new PixelPoint(639, 145), new PixelPoint(400, 115)],
            CountingLine = new LineOptions(new PixelPoint(426, 223), new PixelPoint(640, 150)),
        },
        "polygon", "no camera sees");

    [Fact]
    public void Lanes_too_narrow_for_cars_are_refused() => Expect(Views.Road() with { Lanes = 6 }, "lanes", "1.2 m wide");

    [Fact]
    public void Corners_far_outside_the_picture_are_refused()
    {
        PixelPoint[] p = Views.Road().Polygon;
        Expect(Views.Road() with { Polygon = [p[0], p[1], p[2], new PixelPoint(-900, 100)] }, "polygon[3]", "far outside");
    }

    private static ConfigurationProblem Expect(ApproachOptions options, string path, string words)
    {
        IReadOnlyList<ConfigurationProblem> problems = Of(options);
        ConfigurationProblem? found = problems.FirstOrDefault(p => p.Path == path && p.Message.Contains(words, StringComparison.Ordinal));
        Assert.True(found is not null, $"No '{words}' at {path} in: {string.Join("; ", problems)}");
        return found;
    }

    private static IReadOnlyList<ConfigurationProblem> Of(ApproachOptions options) => ApproachCheck.Of(options, Views.Width, Views.Height);
}
