using System.Collections.Concurrent;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>Makes a stream's pipeline and reads its source up to the first sample.</summary>
/// <param name="cancellation">Ends the wait.</param>
public sealed class FirstSample(CancellationToken cancellation) : IStreamVisitor<Task<string>>
{
    private readonly ConcurrentQueue<string> _notices = new();

    /// <summary>What the source has said so far: a live one says here which header came, or why nothing
    /// comes.</summary>
    public string Told => string.Concat(_notices.Select(notice => $"; {notice}"));

    public Task<string> Visit<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed => Task.Run(async () =>
        {
            stream.CreatePipeline(NoEffects.Instance);
            await using (stream.CreateHandlers())
            {
                // That they can be made is enough.
            }

            await using ISource<TSample> source = stream.OpenSource();
            await foreach (SourceItem<TSample> item in source.ReadAsync(null, cancellation))
            {
                if (item.Sample is { } sample)
                {
                    (sample as IDisposable)?.Dispose();
                    return $"first sample at {EventTime.Format(item.Time)}{Told}";
                }

                _notices.Enqueue(item.Notice!.Message);
            }

            throw new InvalidOperationException($"it ends without a sample{Told}");
        });
}
