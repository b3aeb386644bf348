using Microsoft.Extensions.Time.Testing;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Testing.Conformance;

/// <summary>What was read from a source.</summary>
/// <param name="Readings">Its readings, in the order in which they came.</param>
/// <param name="Notices">Its notices.</param>
/// <param name="Positions">The position after each item, and the readings before it.</param>
public sealed record SourceReading(
    IReadOnlyList<TimedValues> Readings, IReadOnlyList<StreamNotice> Notices, IReadOnlyList<(SourcePosition Next, int ReadingsBefore)> Positions)
{
    /// <summary>Reads until the source ends or has yielded <paramref name="enough"/> readings.</summary>
    public static async Task<SourceReading> Of<TSample>(
        ISource<TSample> source, SourceUnderTest<TSample> test, SourcePosition? after = null, int enough = int.MaxValue)
        where TSample : class, ITimed
    {
        var readings = new List<TimedValues>();
        var notices = new List<StreamNotice>();
        var positions = new List<(SourcePosition, int)>();
        using var cancel = new CancellationTokenSource();
        await using IAsyncEnumerator<SourceItem<TSample>> items = source.ReadAsync(after, cancel.Token).GetAsyncEnumerator(cancel.Token);
        while (readings.Count < enough && await Next(items, test.Time))
        {
            SourceItem<TSample> item = items.Current;
            if (item.Notice is { } notice)
            {
                notices.Add(notice);
            }

            if (item.Sample is { } sample)
            {
                readings.AddRange(test.Readings(sample));
                (sample as IDisposable)?.Dispose();
            }

            positions.Add((item.Next, readings.Count));
        }

        await cancel.CancelAsync();
        return new SourceReading(readings, notices, positions);
    }

    /// <summary>The next item; while the source waits, its clock is advanced.</summary>
    public static async Task<bool> Next<TSample>(IAsyncEnumerator<SourceItem<TSample>> items, FakeTimeProvider time)
        where TSample : class, ITimed
    {
        Task<bool> next = items.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }

        return await next;
    }
}
