using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Streams;
using Xunit;

namespace Sensing.Testing.Conformance;

/// <summary>What every pipeline must do. A pipeline joins with one line: a class that derives from this.</summary>
/// <remarks>A pipeline with effects runs once with its handlers while completions are recorded; every other run takes them from there.</remarks>
public abstract class PipelineConformance<TSample>(Func<PipelineUnderTest<TSample>> make)
    where TSample : class, ITimed
{
    private const string Name = "pipeline";

    private static readonly StreamAddress Address = new("site", "node", "stream");

    private readonly PipelineUnderTest<TSample> _test = make();
    private readonly EventCatalogue _catalogue = new(make().Events);

    [Fact]
    public async Task Its_events_are_of_its_family_and_each_has_an_id_of_its_own()
    {
        RecordedRun run = await RecordAsync([_test.Units], seed: 1);
        Assert.NotEmpty(run.Events);
        Assert.All(run.Events, item =>
        {
            IEventType type = Assert.IsType<IEventType>(_catalogue.Find(item.Type), exactMatch: false);
            Assert.NotNull(JsonSerializer.Deserialize(item.Data.Span, type.Payload));
            Assert.Equal((Address, type.Priority), (item.Source, item.Priority));
        });
        Assert.Equal(run.Events.Count, run.Events.Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    public async Task However_the_samples_are_cut_the_events_are_the_same()
    {
        RecordedRun run = await RecordAsync(Lengths(seed: 2), seed: 2);
        Cuts.Sample(
            cuts => run.Events.SequenceEqual(Replay(run, Ends(cuts, run.Borders))), iter: _test.Iterations, threads: 1);
    }

    [Fact]
    public async Task Saved_and_loaded_at_any_instants_it_reports_the_same_events()
    {
        RecordedRun run = await RecordAsync(Lengths(seed: 3), seed: 3);
        Gen.Select(Cuts, Gen.Int[0, int.MaxValue]).Sample(
            (cuts, seed) => run.Events.SequenceEqual(Replay(run, Ends(cuts, run.Borders), interruptions: new Random(seed))),
            iter: _test.Iterations, threads: 1);
    }

    [Fact]
    public async Task However_fast_the_samples_come_the_events_are_the_same()
    {
        RecordedRun run = await RecordAsync(Lengths(seed: 4), seed: 4);
        Gen.Int[0, int.MaxValue].Sample(
            seed => run.Events.SequenceEqual(Replay(run, Ends([], run.Borders), pace: new Random(seed))),
            iter: _test.Iterations, threads: 1);
    }

    [Fact]
    public async Task A_recorded_run_replays_byte_for_byte_and_every_command_completes_once()
    {
        for (int seed = 10; seed < 10 + _test.Iterations; seed++)
        {
            RecordedRun run = await RecordAsync(Lengths(seed), seed);
            List<SensorEvent> replayed = Replay(run, Ends([], run.Borders));
            Assert.Equal(run.Events.Select(CloudEventJson.Write), replayed.Select(CloudEventJson.Write));
        }
    }

    [Fact]
    public async Task Commands_that_a_restart_loses_are_completed_and_the_run_ends_in_order()
    {
        var events = new List<SensorEvent>();
        var time = new FakeTimeProvider();
        byte[] state;
        int half = _test.Units / 2;
        await using (PipelineRun<TSample> first = Run(new EffectExecutor(_test.Handlers(), EffectLimits.Default, refuses: false, time), time, events))
        {
            // Completions are left where they are: what is pending at the end is lost.
            Feed(first, 0, half);
            state = Save(first);
        }

        await using PipelineRun<TSample> second = Run(new EffectExecutor(_test.Handlers(), EffectLimits.Default, refuses: false, time), time, events);
        Load(second, state);
        Feed(second, half, _test.Units);
        await second.FinishEffectsAsync(TestContext.Current.CancellationToken);
        Assert.False(second.HasPending);
        second.Complete();
    }

    [Fact]
    public async Task Saving_does_not_disturb_and_two_saves_are_equal()
    {
        var time = new FakeTimeProvider();
        await using PipelineRun<TSample> run = Run(new EffectExecutor(_test.Handlers(), EffectLimits.Default, refuses: false, time), time, []);
        Feed(run, 0, _test.Units / 3);
        byte[] first = Save(run);
        Assert.Equal(first, Save(run));

        await using PipelineRun<TSample> other = Run(new RecordedEffects(new StringReader(Header()), "none", Name), time, []);
        Load(other, first);
        Assert.Equal(first, Save(other));
    }

    [Fact]
    public async Task A_state_of_another_shape_is_refused()
    {
        var time = new FakeTimeProvider();
        foreach (byte[] damaged in new byte[][] { [], [7, (byte)'u', (byte)'n', (byte)'k', (byte)'n', (byte)'o', (byte)'w', (byte)'n'] })
        {
            await using PipelineRun<TSample> run = Run(new RecordedEffects(new StringReader(Header()), "none", Name), time, []);
            Exception error = Assert.ThrowsAny<Exception>(() => Load(run, damaged));
            Assert.True(error is InvalidDataException or EndOfStreamException, $"A damaged state must throw InvalidDataException, not {error}");
        }
    }

    private Gen<int[]> Cuts => Gen.Int[1, Math.Max(2, _test.Units / 4)].Array[1, 12];

    private int[] Lengths(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 5).Select(_ => random.Next(1, Math.Max(2, _test.Units / 8)))];
    }

    /// <summary>Where blocks end: after each of the lengths, over and over, and at each border.</summary>
    private SortedSet<int> Ends(int[] lengths, IEnumerable<int> borders)
    {
        var ends = new SortedSet<int>(borders.Where(border => border > 0 && border < _test.Units)) { _test.Units };
        for (int end = 0, i = 0; lengths.Length > 0 && end < _test.Units; i++)
        {
            end += lengths[i % lengths.Length];
            ends.Add(Math.Min(end, _test.Units));
        }

        return ends;
    }

    /// <summary>Runs the pipeline with its handlers and records completions, which come in an order that only this run knows.</summary>
    private async Task<RecordedRun> RecordAsync(int[] lengths, int seed)
    {
        var random = new Random(seed);
        var events = new List<SensorEvent>();
        var borders = new List<int>();
        var text = new StringWriter();
        var time = new FakeTimeProvider();
        long completions = 0;
        await using (PipelineRun<TSample> run = Run(
            new EffectExecutor(_test.Handlers(), EffectLimits.Default, refuses: false, time) { Recorder = new EffectRecorder(text, Name) }, time, events))
        {
            int begin = 0;
            foreach (int end in Ends(lengths, []))
            {
                int from = begin;
                Feed(run, begin, end);
                begin = end;
                if (run.HasPending && random.Next(3) > 0)
                {
                    await run.WaitForEffectAsync(TestContext.Current.CancellationToken);
                }

                run.Drain();
                if (run.Completions > completions)
                {
                    completions = run.Completions;
                    borders.AddRange([from, end]);
                }
            }

            await run.FinishEffectsAsync(TestContext.Current.CancellationToken);
            Assert.False(run.HasPending);
            run.Complete();
        }

        return new RecordedRun(events, [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)], borders);
    }

    private List<SensorEvent> Replay(RecordedRun recorded, IEnumerable<int> ends, Random? interruptions = null, Random? pace = null)
    {
        var events = new List<SensorEvent>();
        var time = new FakeTimeProvider();
        PipelineRun<TSample> run = Run(Recorded(recorded, 0), time, events);
        int begin = 0;
        foreach (int end in ends)
        {
            if (pace is not null)
            {
                time.Advance(TimeSpan.FromSeconds(pace.NextDouble() * 3600));
            }

            Feed(run, begin, end);
            begin = end;
            if (interruptions?.Next(3) == 0)
            {
                byte[] state = Save(run);
                long completions = run.Completions;
                Dispose(run);
                run = Run(Recorded(recorded, completions), time, events);
                Load(run, state);
            }
        }

        // Recorded completions are there at once: nothing is waited for.
        Assert.True(run.FinishEffectsAsync(CancellationToken.None).IsCompletedSuccessfully);
        run.Complete();
        Dispose(run);
        return events;
    }

    private static RecordedEffects Recorded(RecordedRun run, long completions) => new(
        new StringReader(string.Join('\n', run.Lines.Where((_, line) => line == 0 || line > completions))), "recording", Name);

    private PipelineRun<TSample> Run(IEffectQueue effects, TimeProvider time, List<SensorEvent> events) => new(
        executor => _test.Create(new StreamContext(Address, time, Path.GetTempPath()) { Effects = executor }), effects, events.Add);

    private void Feed(PipelineRun<TSample> run, int begin, int end)
    {
        foreach (TSample sample in _test.Read(begin, end - begin))
        {
            using (sample as IDisposable)
            {
                run.Next(sample);
            }
        }
    }

    private static string Header()
    {
        var text = new StringWriter();
        using var recorder = new EffectRecorder(text, Name);
        return text.ToString();
    }

    private static byte[] Save(PipelineRun<TSample> run)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            run.Save(writer);
        }

        return stream.ToArray();
    }

    private static void Load(PipelineRun<TSample> run, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        run.Load(reader);
        Assert.Equal(state.Length, reader.BaseStream.Position);
    }

    /// <summary>With recorded completions there is nothing to wait for.</summary>
    private static void Dispose(PipelineRun<TSample> run) => Assert.True(run.DisposeAsync().AsTask().IsCompletedSuccessfully);
}
