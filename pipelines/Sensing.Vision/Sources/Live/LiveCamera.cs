using System.Runtime.CompilerServices;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;

namespace Sensing.Vision.Sources.Live;

/// <summary>A live camera: opened, watched, and opened again after each loss until the reading is cancelled.</summary>
/// <remarks>
/// A camera does not wait: opened after a position, it resumes with the present, and what lies between is reported as a gap. A camera
/// that is lost is reported once; nothing else is yielded until it is back. Nothing is shared between cameras.
/// </remarks>
internal sealed class LiveCamera(LiveCameraOptions options, LiveInput input, StreamContext context, FfmpegPrograms programs)
{
    public async IAsyncEnumerable<SourceItem<Frame>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LivePosition position = after is { } saved ? LivePosition.Parse(saved) : LivePosition.Beginning;
        if (input.Precheck() is { } mistake)
        {
            throw mistake;
        }

        var backoff = new Backoff(
            TimeSpan.FromSeconds(options.RetrySeconds), TimeSpan.FromSeconds(options.MaxRetrySeconds), $"{context.Address.Stream} {input.Name}");
        var clock = new LiveClock(position.Last);
        bool returns = position.Last is not null || position.Away;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var session = new LiveSession(options, input, clock, programs, context.Time, cancellation);
            await using (session.ConfigureAwait(false))
            {
                long begin = context.Time.GetTimestamp();
                while (await session.NextAsync().ConfigureAwait(false) is { } frame)
                {
                    if (cancellation.IsCancellationRequested)
                    {
                        frame.Dispose();
                        cancellation.ThrowIfCancellationRequested();
                    }

                    if (returns)
                    {
                        yield return SourceItem<Frame>.Of(
                            CameraNotices.Returned(input.Name, position.Last, frame.Time, position.Away), frame.Time, position.ToSourcePosition());
                        returns = false;
                    }

                    if (context.Time.GetElapsedTime(begin).TotalSeconds >= options.TimeoutSeconds)
                    {
                        backoff.Reset();
                    }

                    position = new LivePosition(frame.Time, Away: false);
                    yield return SourceItem<Frame>.Of(frame, position.ToSourcePosition());
                    cancellation.ThrowIfCancellationRequested();
                }

                cancellation.ThrowIfCancellationRequested();
                returns = true;
                if (!position.Away)
                {
                    position = position with { Away = true };
                    yield return SourceItem<Frame>.Of(
                        CameraNotices.Away(input.Name, position.Last, session.Problem ?? "the stream ended"),
                        position.Last ?? context.Time.GetUtcNow(), position.ToSourcePosition());
                }
            }

            await Task.Delay(backoff.Next(), context.Time, cancellation).ConfigureAwait(false);
        }
    }
}
