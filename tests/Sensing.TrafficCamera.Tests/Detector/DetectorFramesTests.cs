using Sensing.Effects;
using Sensing.Steps;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Detector;

/// <summary>Which frames the model looks at.</summary>
public sealed class DetectorFramesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_looks_at_every_nth_frame_and_answers_with_the_next()
    {
        var effects = new Commands();
        DetectorFrames frames = Frames(effects, new DetectorOptions { Model = "m", EveryNthFrame = 3 });
        long[] asked = [.. Enumerable.Range(0, 7).Select(i =>
        {
            SeenFrame seen = Next(frames, i);
            Assert.Equal(i % 3 == 1, seen.Answer is not null);
            if (seen.Asked != 0)
            {
                frames.Complete(Completion(seen.Asked, 5));
            }

            return seen.Asked;
        })];
        Assert.Equal([1, 0, 0, 2, 0, 0, 3], asked);
        Assert.Equal([1, 2, 3], effects.Ids);
        Assert.Equal((3, 0), (frames.TakeTally().Looked, frames.TakeTally().Looked));
    }

    [Fact]
    public void While_it_is_busy_frames_are_skipped_and_counted()
    {
        DetectorFrames frames = Frames(new Commands(), new DetectorOptions { Model = "m", EveryNthFrame = 2 });
        Assert.Equal([1, 0, 0, 0, 0], Enumerable.Range(0, 5).Select(i => Next(frames, i).Asked));
        frames.Complete(Completion(1, 5));
        Assert.Equal([0, 2], Enumerable.Range(5, 2).Select(i => Next(frames, i).Asked));
        Assert.Equal(2, frames.TakeTally().Skipped);
    }

    [Fact]
    public void Over_its_budget_it_looks_at_fewer_frames()
    {
        // 70 ms at 20 ms a frame: four frames must pass.
        DetectorFrames frames = Frames(new Commands(), new DetectorOptions { Model = "m", EveryNthFrame = 1, BudgetMs = 20 });
        var asked = new List<int>();
        for (int i = 0; i < 9; i++)
        {
            if (Next(frames, i).Asked is not 0 and var id)
            {
                asked.Add(i);
                frames.Complete(Completion(id, 70));
            }
        }

        Assert.Equal([0, 4, 8], asked);
        DetectorTally tally = frames.TakeTally();
        Assert.Equal((3, 6, 70), (tally.Looked, tally.Skipped, tally.LongestMs));
    }

    [Fact]
    public void A_failure_is_counted_with_its_reason_and_the_next_frame_is_tried()
    {
        DetectorFrames frames = Frames(new Commands(), new DetectorOptions { Model = "m", EveryNthFrame = 1 });
        Next(frames, 0);
        frames.Complete(Completion(1, 5) with { Outcome = EffectOutcome.Failed, Problem = "no memory" });
        SeenFrame seen = Next(frames, 1);
        Assert.Null(seen.Answer);
        Assert.Equal(2, seen.Asked);
        DetectorTally tally = frames.TakeTally();
        Assert.Equal((0, 1, "no memory"), (tally.Looked, tally.Failed, tally.Problem));
    }

    private static DetectorFrames Frames(IEffectExecutor effects, DetectorOptions detector) =>
        new(Pipelines.Options(ScenePresets.ApproachSouth) with { Detector = detector }, effects);

    private static SeenFrame Next(DetectorFrames frames, int number)
    {
        using Frame frame = Frame.Rent(640, 360, Noon.AddSeconds(number / 10.0));
        SeenFrame found = default;
        frames.Next(new SeenFrame(frame, default), seen => found = seen);
        return found;
    }

    private static EffectCompletion Completion(long id, double milliseconds) => new()
    {
        Effect = DetectorModel.Effect.Name,
        Id = id,
        Time = Noon,
        Outcome = EffectOutcome.Succeeded,
        Elapsed = TimeSpan.FromMilliseconds(milliseconds),
        Result = "{\"objects\":[]}"u8.ToArray(),
    };

    private sealed class Commands : IEffectExecutor
    {
        public List<long> Ids { get; } = [];

        public void Submit<TRequest, TResult>(Effect<TRequest, TResult> effect, long id, TRequest request)
            where TRequest : notnull
            where TResult : notnull
        {
            (request as IDisposable)?.Dispose();
            Ids.Add(id);
        }
    }
}
