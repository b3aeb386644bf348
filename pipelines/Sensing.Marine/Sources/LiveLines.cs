using System.Runtime.CompilerServices;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Lines of an input that is opened again after each loss, until the reading is cancelled.</summary>
/// <remarks>Instruments do not wait: opened after a position, it resumes with the present. A loss is reported once.</remarks>
/// <param name="name">The input, for notices.</param>
/// <param name="remedy">What to check when it is lost.</param>
/// <param name="silenceSeconds">Without a line for so long the input counts as lost.</param>
/// <param name="open">Opens it; the stream ends when it is lost.</param>
/// <param name="clock">The program's clock.</param>
internal sealed class LiveLines(string name, string remedy, double silenceSeconds, Func<CancellationToken, Task<Stream>> open, TimeProvider clock)
{
    private const int MostDoublings = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LivePosition position = after is { } saved ? LivePosition.Parse(saved) : default;
        int failures = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var session = new LiveSession(open, TimeSpan.FromSeconds(silenceSeconds), clock, cancellation);
            await using (session.ConfigureAwait(false))
            {
                while (await session.NextAsync().ConfigureAwait(false) is { } text)
                {
                    failures = 0;
                    var time = new DateTimeOffset(Math.Max(position.Last, clock.GetUtcNow().UtcTicks), TimeSpan.Zero);
                    if (position.Away)
                    {
                        position = position with { Away = false };
                        yield return SourceItem<NmeaLine>.Of(LineNotices.Returned(name), time, position.ToSourcePosition());
                    }

                    position = position with { Last = time.UtcTicks };
                    yield return SourceItem<NmeaLine>.Of(new NmeaLine(time, text), position.ToSourcePosition());
                    cancellation.ThrowIfCancellationRequested();
                }

                cancellation.ThrowIfCancellationRequested();
                if (!position.Away)
                {
                    position = position with { Away = true };
                    yield return SourceItem<NmeaLine>.Of(
                        LineNotices.Away(name, session.Problem, remedy), clock.GetUtcNow(), position.ToSourcePosition());
                }
            }

            await Task.Delay(FirstWait * Math.Pow(2, Math.Min(failures++, MostDoublings)), clock, cancellation).ConfigureAwait(false);
        }
    }
}
