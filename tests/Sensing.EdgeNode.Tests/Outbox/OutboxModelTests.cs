using CsCheck;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests.Outbox;

/// <summary>Any sequence of appending, sending, refusing, crashing and closing against a list in memory.</summary>
public class OutboxModelTests
{
    private abstract record Step
    {
        public sealed record Append(int[] Numbers, EventPriority Priority) : Step;

        public sealed record TakeAndAcknowledge(int Most, int Acknowledged) : Step;

        public sealed record DeadLetter : Step;

        public sealed record Revive : Step;

        public sealed record Crash : Step;

        public sealed record Reopen : Step;

        public sealed record Rewind : Step;
    }

    private static readonly Gen<Step> GenStep = Gen.Frequency<Step>(
        (6, Gen.Select(Gen.Int[0, 60].Array[0, 8], Gen.Int[0, 2], (numbers, priority) => (Step)new Step.Append(numbers, (EventPriority)priority))),
        (4, Gen.Select(Gen.Int[1, 10], Gen.Int[0, 10], (most, acknowledged) => (Step)new Step.TakeAndAcknowledge(most, acknowledged))),
        (1, Gen.Const((Step)new Step.DeadLetter())),
        (1, Gen.Const((Step)new Step.Revive())),
        (1, Gen.Const((Step)new Step.Crash())),
        (1, Gen.Const((Step)new Step.Reopen())),
        (1, Gen.Const((Step)new Step.Rewind())));

    [Fact]
    public void Any_sequence_of_steps_loses_nothing_and_doubles_nothing() =>
        GenStep.Array[1, 40].Sample(steps => RunAsync(steps).GetAwaiter().GetResult(), iter: 60);

    private static async Task<bool> RunAsync(Step[] steps)
    {
        await using var fixture = new OutboxFixture();
        var waiting = new List<SensorEvent>();
        var dead = new List<OutboxEntry>();
        var taken = new HashSet<string>();
        long checkpoint = -1;
        long saved = 0;
        foreach (Step step in steps)
        {
            switch (step)
            {
                case Step.Append append:
                    SensorEvent[] events = [.. append.Numbers.Select(number => EventMaker.Event(number, append.Priority))];
                    checkpoint = saved++;
                    await fixture.AppendAsync(events, Checkpoint(checkpoint));
                    foreach (SensorEvent sensorEvent in events.Where(e => waiting.TrueForAll(known => known.Id != e.Id)).DistinctBy(e => e.Id))
                    {
                        waiting.Add(sensorEvent);
                    }

                    break;
                case Step.TakeAndAcknowledge take:
                    IReadOnlyList<OutboxEntry> entries = fixture.Outbox.Take(take.Most);
                    SensorEvent[] expected = [.. InOrder(waiting).Where(e => !taken.Contains(e.Id)).Take(take.Most)];
                    if (!entries.Select(entry => entry.Event).SequenceEqual(expected))
                    {
                        return false;
                    }

                    taken.UnionWith(expected.Select(e => e.Id));
                    OutboxEntry[] acknowledged = [.. entries.Take(take.Acknowledged)];
                    await fixture.AcknowledgeAsync(acknowledged);
                    Forget(acknowledged);
                    break;
                case Step.DeadLetter when fixture.Outbox.Take(1) is [{ } poison]:
                    await fixture.DeadLetterAsync(poison, "poison");
                    dead.Add(poison);
                    Forget([poison]);
                    break;
                case Step.Revive:
                    await fixture.Outbox.ReviveDeadLettersAsync(CancellationToken.None);
                    // In the order in which they were appended, whenever each was refused.
                    foreach (SensorEvent sensorEvent in dead.OrderBy(e => e.Sequence).Select(e => e.Event).Where(e => waiting.TrueForAll(known => known.Id != e.Id)).DistinctBy(e => e.Id))
                    {
                        waiting.Add(sensorEvent);
                    }

                    dead.Clear();
                    break;
                case Step.Crash:
                    await fixture.CrashAsync();
                    taken.Clear();
                    break;
                case Step.Reopen:
                    await fixture.ReopenAsync();
                    taken.Clear();
                    break;
                case Step.Rewind:
                    fixture.Outbox.Rewind();
                    taken.Clear();
                    break;
            }

            OutboxStatistics statistics = fixture.Outbox.Statistics;
            if (statistics.Events != waiting.Count || statistics.DeadLetters != dead.Count
                || statistics.Bytes != waiting.Sum(EventOutbox.Size)
                || fixture.Outbox.LoadCheckpoint("stream")?.Position?.Value != (checkpoint < 0 ? null : $"{checkpoint}"))
            {
                return false;
            }
        }

        await fixture.CrashAsync();
        return fixture.Outbox.Take(int.MaxValue).Select(entry => entry.Event).SequenceEqual(InOrder(waiting))
            && fixture.Outbox.DeadLetters(int.MaxValue).Select(letter => letter.Entry.Event.Id).Order().SequenceEqual(dead.Select(e => e.Event.Id).Order());

        void Forget(IReadOnlyList<OutboxEntry> entries)
        {
            foreach (OutboxEntry entry in entries)
            {
                waiting.RemoveAll(known => known.Id == entry.Event.Id);
                taken.Remove(entry.Event.Id);
            }
        }
    }

    private static IEnumerable<SensorEvent> InOrder(IEnumerable<SensorEvent> events) => events.OrderByDescending(e => e.Priority);

    private static StreamCheckpoint Checkpoint(long number) =>
        new("stream", "f", new SourcePosition($"{number}"), BitConverter.GetBytes(number), Finished: false);
}
