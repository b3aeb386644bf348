using System.Text;
using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Scheduling;
using Sensing.Scheduling.Policies;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.Drones.Tests.Live;

/// <summary>The scheduler on a real clock, with an accelerator that the test controls.</summary>
public sealed class LiveEdgeTests
{
    private static readonly DroneTaskKind[] Kinds = [DroneTaskKind.HazardVest, DroneTaskKind.BodyPose];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Policies => [.. PolicyCatalogue.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Every_task_ends_once_and_the_account_agrees(string policy)
    {
        await using LiveEdge edge = Edge(policy, new StubEngine(), new StubCloud());
        TaskResult[] results = [.. (await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Segment(edge, n)))).SelectMany(found => found)];

        UtilityAccount account = edge.Account;
        Assert.Equal(16, account.Arrived);
        Assert.Equal(results.Count(result => result.Fate == TaskFate.Done), account.Completed);
        Assert.Equal(results.Count(result => result.Fate == TaskFate.Dropped), account.Dropped);
        Assert.Equal(results.Sum(result => (long)result.Utility), account.Utility);
        Assert.All(results.Where(result => result.Fate == TaskFate.Done), result => Assert.NotNull(result.Findings));
        Assert.True(account.Completed > 0, "nothing was done in time");
    }

    [Fact]
    public async Task A_run_that_does_not_end_is_cancelled_at_its_deadline_and_the_edge_serves_the_next_task()
    {
        var engine = new StubEngine { HangsAt = DroneTaskKind.HazardVest };
        await using LiveEdge edge = Edge("EDF", engine, null, deadlineMs: 500);
        TaskResult[] results = await Segment(edge, 0);

        Assert.Equal(TaskFate.Failed, results[0].Fate);
        Assert.Equal(TaskPlace.Edge, results[0].Place);
        Assert.Equal(-1, results[0].Utility);
        Assert.InRange(results[0].LatencyMs, 490, 30_000);
        engine.HangsAt = null;
        Assert.Equal(TaskPlace.Edge, (await Segment(edge, 1))[0].Place);
    }

    [Fact]
    public async Task A_run_that_breaks_costs_its_task_alone()
    {
        await using LiveEdge edge = Edge("EDF", new StubEngine { BreaksAt = DroneTaskKind.BodyPose }, null, deadlineMs: 20_000);
        TaskResult[] results = await Segment(edge, 0);

        Assert.Equal(TaskFate.Done, results[0].Fate);
        Assert.Equal(TaskFate.Failed, results[1].Fate);
        Assert.Equal("the accelerator is gone", results[1].Problem);
    }

    [Fact]
    public async Task A_cloud_that_refuses_costs_its_call_and_is_named()
    {
        await using LiveEdge edge = Edge("CLD", new StubEngine(), new StubCloud { Refuses = true });
        TaskResult[] results = await Segment(edge, 0);

        Assert.Equal((TaskFate.Failed, TaskPlace.Cloud, -25), (results[0].Fate, results[0].Place, results[0].Utility));
        Assert.Equal("refused", results[0].Problem);
        Assert.Equal(TaskFate.Dropped, results[1].Fate);
    }

    [Fact]
    public async Task A_policy_that_breaks_a_rule_fails_every_task_and_not_the_program()
    {
        await using LiveEdge edge = Edge(new Rash(), new StubEngine(), null, 2000);
        SchedulingException first = await Assert.ThrowsAsync<SchedulingException>(() => Segment(edge, 0));
        Assert.Contains("while", first.Message, StringComparison.Ordinal);
        SchedulingException second = await Assert.ThrowsAsync<SchedulingException>(() => Segment(edge, 1));
        Assert.StartsWith("the scheduler has stopped", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frame_is_returned_when_the_last_task_has_ended()
    {
        await using LiveEdge edge = Edge("EDF", new StubEngine(), null);
        Frame frame = Frame.Rent(8, 8, default);
        var work = new SegmentWork("a", 0, frame, [0, 1]);
        var requests = new TaskRequest[] { new(work, 0), new(work, 1) };
        await Task.WhenAll(requests.Select(request => edge.RunAsync(request, Stop)));
        Assert.Equal(64, frame.Luma.Length);
        Array.ForEach(requests, request => request.Dispose());
        Assert.Throws<ObjectDisposedException>(() => frame.Luma.Length);
    }

    [Fact]
    public async Task A_live_run_whose_ends_were_recorded_replays_byte_for_byte()
    {
        var options = new DroneOptions { Tasks = Kinds, QosSeconds = 1, PictureSeconds = 1 };
        var recording = new StringWriter();
        await using (LiveEdge edge = Edge("DEMS", new StubEngine(), new StubCloud()))
        {
            var effects = new EffectExecutor(DroneTaskEffect.Handlers(edge), EffectLimits.Default, refuses: true, TimeProvider.System)
            {
                Recorder = new EffectRecorder(recording, DroneModule.Key),
            };
            string[] live = await EventsOf(options, effects, paced: true);
            string[] replayed = await EventsOf(options, new RecordedEffects(new StringReader(recording.ToString()), "recording", DroneModule.Key), paced: false);

            Assert.Equal(live, replayed);
            Assert.Equal(12, live.Count(text => text.Contains("sensing.drone.result.v1", StringComparison.Ordinal)));
            Assert.Contains(live, text => text.Contains("\"jpeg\"", StringComparison.Ordinal));
            Assert.Contains(live, text => text.Contains("sensing.drone.qos.v1", StringComparison.Ordinal));
        }
    }

    private static async Task<string[]> EventsOf(DroneOptions options, IEffectQueue effects, bool paced)
    {
        var context = new StreamContext(new StreamAddress("site", "node", "base"), TimeProvider.System, "/");
        var events = new List<string>();
        await using var run = new PipelineRun<DroneSegment>(
            executor => new DronePipeline(options, context with { Effects = executor }), effects,
            made => events.Add(Encoding.UTF8.GetString(CloudEventJson.Write(made))));
        for (int n = 0; n < 12; n++)
        {
            DateTimeOffset time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(200 * n);
            using var segment = new DroneSegment(n % 2 == 0 ? "north" : "south", n / 2, time, Frame.Rent(32, 32, time));
            run.Next(segment);
            if (paced)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, Stop);
            }
        }

        await run.FinishEffectsAsync(Stop);
        run.Complete();
        return [.. events];
    }

    private static LiveEdge Edge(string policy, ITaskEngine engine, ICloudCaller? cloud, int deadlineMs = 2000) =>
        Edge(PolicyCatalogue.Create(policy)!, engine, cloud, deadlineMs);

    private static LiveEdge Edge(SchedulingPolicy policy, ITaskEngine engine, ICloudCaller? cloud, int deadlineMs) => new(
        new LiveEdgeOptions
        {
            Kinds = Kinds,
            Types = [.. Kinds.Select(kind => DroneTaskTypes.Published(kind) with { EdgeMs = 4, CloudMs = 20, DeadlineMs = deadlineMs })],
        },
        policy, engine, cloud, new EdgeProfile(), TimeProvider.System);

    /// <summary>Starts everything on the edge at once.</summary>
    private sealed class Rash : SchedulingPolicy
    {
        public override string Name => "rash";

        public override void OnArrival(InferenceTask task) => Schedule.StartOnEdge(task, 1);

        public override void OnEdgeIdle()
        {
            // Nothing waits.
        }
    }

    /// <summary>The ends of a segment's tasks, in the order of the types.</summary>
    private static async Task<TaskResult[]> Segment(LiveEdge edge, int number)
    {
        var work = new SegmentWork("a", number, Frame.Rent(8, 8, default), [0, 1]);
        TaskRequest[] requests = [new(work, 0), new(work, 1)];
        TaskResult[] results = await Task.WhenAll(requests.Select(request => edge.RunAsync(request, Stop)));
        Array.ForEach(requests, request => request.Dispose());
        return results;
    }

    private sealed class StubEngine : ITaskEngine
    {
        private static readonly TaskVariant[] Only = [new("stub", "stub", 1)];

        public DroneTaskKind? HangsAt { get; set; }

        public DroneTaskKind? BreaksAt { get; set; }

        public IReadOnlyList<TaskVariant> VariantsOf(DroneTaskKind kind) => Only;

        public TaskRun Run(SegmentWork segment, DroneTaskKind kind, TaskVariant variant, CancellationToken cancellation)
        {
            if (kind == BreaksAt)
            {
                throw new IOException("the accelerator is gone");
            }

            cancellation.WaitHandle.WaitOne(kind == HangsAt ? Timeout.Infinite : 3);
            cancellation.ThrowIfCancellationRequested();
            return new TaskRun(TaskFindings.Nothing);
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }

    private sealed class StubCloud : ICloudCaller
    {
        public bool Refuses { get; init; }

        public CloudState State => CloudState.Reachable;

        public double? LinkMbits => 12;

        public async Task<TaskFindings> CallAsync(SegmentWork segment, DroneTaskKind kind, TimeSpan left, CancellationToken cancellation)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation);
            return Refuses ? throw new CloudCallException("refused") : TaskFindings.Nothing;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
