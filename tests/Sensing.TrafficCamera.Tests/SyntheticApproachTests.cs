using System.Reactive.Subjects;
using System.Text.Json;
using Sensing.Events;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests;

/// <summary>The whole pipeline on scenes whose vehicles are known: cast shadows, oncoming traffic beside the approach, queues at red.</summary>
public sealed class SyntheticApproachTests
{
    private const int Rate = 10;

    [Theory]
    [InlineData("approach_south", 90, 0.12)]
    [InlineData("approach_east", 100, 0.35)] // A truck in the middle lane hides those behind it on the left one.
    [InlineData("free_flow", 45, 0.12)]
    public void Vehicles_are_counted_lane_by_lane_without_a_false_alarm(string preset, int seconds, double most)
    {
        SceneOptions options = ScenePresets.Named(preset) with { FramesPerSecond = Rate };
        using var scene = new TrafficScene(options);
        using var pipeline = new TrafficPipeline(Pipelines.Options(options), new StreamAddress("city", "camera", "south"));
        var events = new List<SensorEvent>();
        var truth = new List<TruthCrossing>();
        using var frames = new Subject<Frame>();
        using (pipeline.Connect(frames).Subscribe(events.Add))
        {
            for (int k = 0; k < seconds * Rate; k++)
            {
                Frame frame = scene.Next();
                truth.AddRange(scene.Truth.Crossings);
                frames.OnNext(frame);
            }

            frames.OnCompleted();
        }

        Assert.True(truth.Count >= 15, $"Only {truth.Count} vehicles crossed the line: nothing was compared.");
        Assert.DoesNotContain(events, item => item.Type == TrafficEvents.Alarm.Name);
        VehicleCount count = events.Where(item => item.Type == TrafficEvents.Count.Name)
            .Select(item => JsonSerializer.Deserialize(item.Data.Span, TrafficEventJson.Default.VehicleCount)!).Single();
        int wrong = Enumerable.Range(1, options.Lanes).Sum(lane => Math.Abs(
            truth.Count(item => item.Lane == lane)
            - count.Lanes.Where(item => item.Lane == lane && item.Direction == TravelDirection.Toward).Sum(item => item.Count)));
        int against = count.Lanes.Where(item => item.Direction == TravelDirection.Away).Sum(item => item.Count);
        Assert.True(
            wrong + against <= 1 + (most * truth.Count),
            $"{truth.Count} vehicles crossed the line; over the lanes {wrong} too many or too few were counted, and {against} against the direction.");
    }
}
