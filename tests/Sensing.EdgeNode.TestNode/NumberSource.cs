using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.TestNode;

/// <summary>A recording of the numbers 0, 1, 2, …</summary>
public sealed class NumberSource(NumberSourceOptions options, TimeProvider time) : ISource<NumberBlock>
{
    /// <summary>There is no signal between processes: the source looks this often whether it may go on.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<NumberBlock>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long next = after is { } position ? long.Parse(position.Value, CultureInfo.InvariantCulture) : 0;
        using NumberGate? gate = options.GateFile is { } file ? new NumberGate(file) : null;
        while (next < options.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            if (options.EveryMs > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(options.EveryMs), time, cancellation);
            }

            while (gate is not null && gate.Allowed <= next)
            {
                await Task.Delay(Look, time, cancellation);
            }

            int count = (int)Math.Min(options.Block, Math.Min(options.Count, gate?.Allowed ?? long.MaxValue) - next);
            var block = new NumberBlock(next, count);
            if (options.NoticeEvery > 0 && next % options.NoticeEvery == 0)
            {
                yield return SourceItem<NumberBlock>.Of(
                    new StreamNotice { Code = "gap", Severity = NoticeSeverity.Warning, Message = $"Before {next}.", Position = $"{next}" },
                    block.Time, new SourcePosition($"{next}"));
            }

            next += count;
            if (gate is not null)
            {
                gate.Read = next;
            }

            yield return SourceItem<NumberBlock>.Of(block, new SourcePosition($"{next}"));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
