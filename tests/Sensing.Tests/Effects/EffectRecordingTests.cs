using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sensing.Effects;

namespace Sensing.Tests.Effects;

/// <summary>What <see cref="EffectRecorder"/> writes and <see cref="RecordedEffects"/> reads.</summary>
public sealed class EffectRecordingTests
{
    private const string Header = """{"sensingEffects":1,"pipeline":"test"}""";
    private const string OtherRun = " Replay the samples of the run that was recorded, with the same options.";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_run_is_recorded_and_read_at_the_same_places()
    {
        using var lines = new StringWriter();
        StreamPosition first = new(Start.AddTicks(1), 3);
        StreamPosition second = new(Start.AddSeconds(1), 0);
        EffectCompletion[] written =
        [
            Completion(1, first, EffectOutcome.Succeeded) with
            {
                Result = """{"Number":42}"""u8.ToArray(), Elapsed = TimeSpan.FromMilliseconds(12.3456),
            },
            Completion(2, first, EffectOutcome.Failed) with { Problem = "ü \"quoted\"\nand more" },
            Completion(3, second, EffectOutcome.Refused) with { Problem = "full" },
            Completion(4, second, EffectOutcome.TimedOut) with { Problem = "late", Elapsed = TimeSpan.FromSeconds(60) },
            Completion(5, second, EffectOutcome.Lost) with { Problem = "stopped" },
        ];
        using (var recorder = new EffectRecorder(lines, "test"))
        {
            foreach (EffectCompletion completion in written)
            {
                recorder.Write(completion.Id <= 2 ? first : second, completion);
            }
        }

        await using RecordedEffects recorded = Open(lines.ToString());
        foreach (EffectCompletion completion in written)
        {
            Submit(recorded, completion.Id);
        }

        Assert.False(recorded.TryTake(new StreamPosition(first.Until, 2), out _));
        EffectCompletion[] read = [.. TakeAll(recorded, first), .. TakeAll(recorded, second)];

        Assert.Equal(written.Select(Comparable), read.Select(Comparable));
        Assert.Empty(recorded.Pending);
        recorded.EndOfSamples(second);
        Assert.False(await recorded.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_executor_records_what_is_taken_from_it()
    {
        using var lines = new StringWriter();
        await using (EffectExecutor executor = Work.Executor(
            new FakeTimeProvider(), (request, _) => Task.FromResult(new Answer(2 * request.Number))))
        {
            executor.Recorder = new EffectRecorder(lines, "test");
            executor.Submit(Work.Double, 1, new Request(21));
            await executor.NextAsync();
        }

        await using RecordedEffects recorded = Open(lines.ToString());
        Submit(recorded, 1);
        Assert.True(recorded.TryTake(Work.Now, out EffectCompletion? completion));
        Assert.Equal(42, Work.Double.Read(completion).Number);
        Assert.Equal(Work.Now.Until, completion.Time);
    }

    [Fact]
    public async Task A_recording_that_is_continued_has_one_header()
    {
        using var lines = new StringWriter();
        StreamPosition at = new(Start, 1);
        var first = new EffectRecorder(lines, "test");
        first.Write(at, Completion(1, at, EffectOutcome.Lost));
        first.Flush();
        new EffectRecorder(lines, "test", appends: true).Write(at, Completion(2, at, EffectOutcome.Lost));

        await using RecordedEffects recorded = Open(lines.ToString());
        recorded.Restore([new PendingEffect("test.double", 1), new PendingEffect("test.double", 2)]);
        Assert.Equal([1L, 2L], TakeAll(recorded, at).Select(completion => completion.Id));
    }

    [Fact]
    public async Task The_request_of_a_replay_is_disposed_unused()
    {
        await using RecordedEffects recorded = Open(Header);
        using var request = new Request(1);
        recorded.Submit(Work.Double, 1, request);
        Assert.Equal(1, request.Disposals);

        using var twice = new Request(1);
        Assert.Contains("'test.double' 1 is pending already", Assert.Throws<InvalidOperationException>(
            () => recorded.Submit(Work.Double, 1, twice)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "effects.ndjson: The file is empty. Give a file that --record-effects wrote.")]
    [InlineData("""{"sensingEffects":2,"pipeline":"test"}""", "effects.ndjson, line 1: The recording has version 2, not 1. Record the run again.")]
    [InlineData("""{"sensingEffects":1,"pipeline":"das"}""", "effects.ndjson, line 1: The completions are of the pipeline 'das', not of 'test'." + OtherRun)]
    [InlineData("null", "effects.ndjson, line 1: The line is null. Record the run again.")]
    [InlineData("time,temperatureC", "effects.ndjson, line 1: The line is not a recorded completion: ")]
    [InlineData(Header + "\n{\"until\":\"2026-01-01T00:0", "effects.ndjson, line 2: The line is not a recorded completion: ")]
    public void A_file_that_is_no_recording_of_this_pipeline_is_refused_with_its_line(string text, string message)
    {
        EffectRecordingException error = Assert.Throws<EffectRecordingException>(() => Open(text));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_line_further_on_is_reported_when_it_is_come_to()
    {
        await using RecordedEffects recorded = Open($"{Header}\n{Line(1)}\n{{\"until\":");
        Submit(recorded, 1);

        EffectRecordingException error = Assert.Throws<EffectRecordingException>(() => recorded.TryTake(new StreamPosition(Start, 1), out _));
        Assert.StartsWith("effects.ndjson, line 3: The line is not a recorded completion: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Delete it where the program was killed while writing the last line; else record the run again.",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completion_that_this_run_did_not_submit_is_refused()
    {
        await using RecordedEffects recorded = Open($"{Header}\n{Line(1)}");
        Submit(recorded, 2);

        EffectRecordingException error = Assert.Throws<EffectRecordingException>(() => recorded.TryTake(new StreamPosition(Start, 1), out _));
        Assert.Equal("effects.ndjson, line 2: 'test.double' 1 completes here, but this run has not submitted it." + OtherRun, error.Message);
    }

    [Fact]
    public async Task A_completion_after_the_end_of_the_samples_is_refused()
    {
        await using RecordedEffects recorded = Open($"{Header}\n{Line(1)}");
        Submit(recorded, 1);

        recorded.EndOfSamples(new StreamPosition(Start, 1));
        EffectRecordingException error = Assert.Throws<EffectRecordingException>(() => recorded.EndOfSamples(new StreamPosition(Start, 0)));
        Assert.Equal("effects.ndjson, line 2: 'test.double' 1 completes after the end of the samples." + OtherRun, error.Message);
    }

    private static RecordedEffects Open(string text) => new(new StringReader(text), "effects.ndjson", "test");

    private static string Line(int id) =>
        $$"""{"until":"2026-01-01T00:00:00Z","readings":1,"effect":"test.double","id":{{id}},"outcome":"lost","elapsed":"00:00:00"}""";

    private static EffectCompletion Completion(long id, StreamPosition at, EffectOutcome outcome) =>
        new() { Effect = "test.double", Id = id, Time = at.Until, Outcome = outcome };

    private static void Submit(RecordedEffects recorded, long id) => recorded.Submit(Work.Double, id, new Request((int)id));

    private static IEnumerable<EffectCompletion> TakeAll(RecordedEffects recorded, StreamPosition now)
    {
        while (recorded.TryTake(now, out EffectCompletion? completion))
        {
            yield return completion;
        }
    }

    private static object Comparable(EffectCompletion completion) => (
        completion.Effect, completion.Id, completion.Time, completion.Outcome, completion.Elapsed,
        Encoding.UTF8.GetString(completion.Result.Span), completion.Problem);
}
