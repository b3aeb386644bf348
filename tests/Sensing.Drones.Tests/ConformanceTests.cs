using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Drones.Sources;
using Sensing.Effects;
using Sensing.Testing.Conformance;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;

namespace Sensing.Drones.Tests;

// One line a part.
public sealed class DronePipelineConformance() : PipelineConformance<DroneSegment>(Conforming.Pipeline);

public sealed class SegmentSourceConformance() : SourceConformance<DroneSegment>(Conforming.Segments);

/// <summary>Two drones, a segment a second each, and tasks that end in every way.</summary>
internal static class Conforming
{
    private const int Count = 60;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static PipelineUnderTest<DroneSegment> Pipeline() => new()
    {
        Create = context => new DronePipeline(new DroneOptions { WindowSeconds = 7 }, context),
        Handlers = () => new EffectHandlers().Add(
            DroneTaskEffect.Effect, async (request, _) =>
            {
                // Comes back at another time than it was asked, as a run does.
                await Task.Yield();
                return Result(request.Segment, request.Segment.Order[request.Index]);
            },
            concurrency: 4),
        Events = DroneEvents.Family,
        Units = Count,
        Read = (first, count) => Enumerable.Range(first, count).Select(Segment),
        Iterations = 4,
    };

    public static SourceUnderTest<DroneSegment> Segments()
    {
        var test = new SourceUnderTest<DroneSegment>
        {
            Open = under => new SegmentSource(Options("*.png"), under.Context),
            OpenAbsent = under => new SegmentSource(Options("absent.png"), under.Context),
            Readings = segment => [new TimedValues(segment.Time, [segment.Number, segment.Drone == "a" ? 0 : 1, segment.Frame.Luma[0]])],
            Expected = [.. Enumerable.Range(0, 12).Select(
                n => new TimedValues(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(0.5 * n), [n / 2, n % 2, 20 * (n / 2)]))],
        };
        for (int i = 0; i < 6; i++)
        {
            using Frame frame = Grey(0, default, (byte)(20 * i));
            using var canvas = new FrameCanvas(frame);
            canvas.Save(Path.Combine(test.Folder, $"{i}.png"));
        }

        return test;
    }

    private static SegmentSourceOptions Options(string files) => new()
    {
        Drones = [new DroneFeedOptions { Name = "a", Files = [files] }, new DroneFeedOptions { Name = "b", Files = [files] }],
        Live = false,
    };

    private static DroneSegment Segment(int number)
    {
        DateTimeOffset time = Start.AddSeconds(0.5 * number);
        return new DroneSegment(number % 2 == 0 ? "north" : "south", number / 2, time, Grey(number, time, 99));
    }

    private static Frame Grey(int number, DateTimeOffset time, byte luma)
    {
        Frame frame = Frame.Rent(64 + (2 * (number % 2)), 64, time);
        frame.Luma.Fill(luma);
        frame.Cb.Fill(128);
        frame.Cr.Fill(128);
        return frame;
    }

    private static TaskResult Result(SegmentWork segment, int type)
    {
        int seed = (int)((segment.Number * 6) + type);
        return seed % 11 == 10 ? throw new IOException("the accelerator is gone") : new TaskResult
        {
            Fate = (TaskFate)(seed % 4),
            Place = seed % 4 == 3 ? TaskPlace.None : seed % 3 == 0 ? TaskPlace.Cloud : TaskPlace.Edge,
            Variant = seed % 5 == 0 ? "small" : "large",
            LatencyMs = seed,
            RanMs = seed / 2.0,
            BelievedMs = 7,
            Utility = seed,
            Findings = type == 0 ? new TaskFindings
            {
                Persons = [new PersonReport { Left = 1, Top = 2, Right = 3, Bottom = 4, Score = 0.5, Vest = true }],
                Crowd = 1,
            }
            : TaskFindings.Nothing,
            Jpeg = segment.IsPictured && type == 0 ? [1, 2] : null,
        };
    }
}
