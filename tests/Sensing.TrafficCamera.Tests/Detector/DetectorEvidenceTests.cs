using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Detector;

/// <summary>What the model's boxes mean for an approach.</summary>
public sealed class DetectorEvidenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DetectedObject Box = new(DetectedKind.Truck, 0.8, 100, 100, 160, 140);

    [Fact]
    public void A_vehicle_that_stands_where_the_background_sees_road_is_there_after_a_second()
    {
        var evidence = new DetectorEvidence();
        int[] standing = [.. Enumerable.Range(0, 12).Select(i => Answer(evidence, i * 0.2, Box, foreground: false))];
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], standing);
        DetectedBox found = evidence.Standing[0];

        // The frame is half the camera's size.
        Assert.Equal(new PixelBox(50, 50, 80, 70), found.Box);
        Assert.Equal(VehicleClass.Truck, found.Class);
        Assert.Equal(0, Answer(evidence, 2.6, Box, foreground: true));
    }

    [Fact]
    public void One_that_moves_or_is_seen_as_foreground_is_not_standing()
    {
        var moving = new DetectorEvidence();
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(0, Answer(moving, i * 0.2, Box with { Left = 100 + (30 * i), Right = 160 + (30 * i) }, foreground: false));
        }

        var seen = new DetectorEvidence();
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(0, Answer(seen, i * 0.2, Box, foreground: true)));
    }

    [Fact]
    public void A_box_is_matched_with_the_vehicles_of_the_frame_that_it_was_found_in()
    {
        var evidence = new DetectorEvidence();
        evidence.Asked(7, [Vehicle(3, new PixelBox(52, 51, 82, 72)), Vehicle(4, new PixelBox(200, 50, 230, 70))]);
        Assert.Equal([(3, DetectedKind.Truck)], Matched(evidence, 7));
        Assert.Empty(Matched(evidence, 8));
        evidence.Break();
        Assert.Empty(Matched(evidence, 7));
    }

    private static List<(long, DetectedKind)> Matched(DetectorEvidence evidence, long id)
    {
        var matched = new List<(long, DetectedKind)>();
        using Frame frame = Picture(0);
        evidence.Answer(Seen(frame, id, Box, foreground: true), (vehicle, found, weight) =>
        {
            Assert.Equal(0.8 * 30 * 20, weight, 1e-6);
            matched.Add((vehicle, found.Kind));
        });
        return matched;
    }

    private static int Answer(DetectorEvidence evidence, double seconds, DetectedObject found, bool foreground)
    {
        using Frame frame = Picture(seconds);
        evidence.Answer(Seen(frame, 1, found, foreground), (_, _, _) => { });
        return evidence.Standing.Length;
    }

    private static Frame Picture(double seconds) => Frame.Rent(320, 180, Noon.AddSeconds(seconds), null, 640, 360);

    private static SeenFrame Seen(Frame frame, long id, DetectedObject found, bool foreground)
    {
        var mask = new ForegroundMask(frame.Width, frame.Height);
        mask.Pixels.Fill(foreground ? PixelClass.Vehicle : PixelClass.Road);
        return new SeenFrame(frame, default) { Mask = mask, Answer = new DetectorAnswer(id, [found]) };
    }

    private static Vehicle Vehicle(long id, PixelBox box) => new(
        id, new RoadPoint(0, 0), 0, 0, 0, VehicleSize.Of(VehicleClass.Car), VehicleClass.Car, 1, true, true, Noon, box);
}
