using Microsoft.Extensions.Time.Testing;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Das.Tests.Sources;

/// <summary>What was read from a source.</summary>
public sealed record SourceReading(
    IReadOnlyList<(DateTimeOffset Time, float[] Values)> Rows, IReadOnlyList<StreamNotice> Notices, IReadOnlyList<(SourcePosition Next, int RowsBefore)> Positions)
{
    /// <summary>Reads until the source ends or has yielded <paramref name="enough"/> rows and <paramref name="notices"/> notices.</summary>
    public static async Task<SourceReading> Of(
        ISource<DasBlock> source, FakeTimeProvider time, SourcePosition? after = null, int enough = int.MaxValue, int notices = 0)
    {
        var rows = new List<(DateTimeOffset, float[])>();
        var said = new List<StreamNotice>();
        var positions = new List<(SourcePosition, int)>();
        using var cancel = new CancellationTokenSource();
        await using IAsyncEnumerator<SourceItem<DasBlock>> items = source.ReadAsync(after, cancel.Token).GetAsyncEnumerator(cancel.Token);
        while ((rows.Count < enough || said.Count < notices) && await Next(items, time))
        {
            SourceItem<DasBlock> item = items.Current;
            if (item.Notice is { } notice)
            {
                said.Add(notice);
            }

            if (item.Sample is { } block)
            {
                for (int r = 0; r < block.Rows; r++)
                {
                    rows.Add((block.TimeOf(r), block.Row(r).ToArray()));
                }

                block.Dispose();
            }

            positions.Add((item.Next, rows.Count));
        }

        cancel.Cancel();
        return new SourceReading(rows, said, positions);
    }

    /// <summary>The next item; while the source waits, time goes on.</summary>
    public static async Task<bool> Next(IAsyncEnumerator<SourceItem<DasBlock>> items, FakeTimeProvider time)
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
