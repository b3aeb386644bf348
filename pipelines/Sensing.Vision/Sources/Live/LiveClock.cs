namespace Sensing.Vision.Sources.Live;

/// <summary>Times of a live camera's frames: the spacing of the stream's clock, placed by the arrival of the frames.</summary>
/// <remarks>
/// A frame arrives some time after it was taken, never before. The offset between the clocks follows the frames that were least
/// delayed, by at most a fiftieth of the time that passes, and later ones slowly, which also follows the drift between the clocks (a quartz:
/// below 100 ppm). So the backlog with which many cameras begin, a burst of frames that waited for the opening, keeps its spacing, and speeds
/// that are measured in it are right within 2 %; its frames are dated too late by what the first of them was delayed. Times never go backwards.
/// </remarks>
internal sealed class LiveClock
{
    /// <summary>Share of a delay by which the offset follows with each frame: fast enough for the drift, slow enough to keep the spacing.</summary>
    private const double Follow = 1e-4;

    /// <summary>Share of the stream's time by which the offset moves at most where frames arrive earlier than expected.</summary>
    private const double MostSlew = 0.02;

    /// <summary>A larger delay is not one of the network: the stream's clock has jumped.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Step = TimeSpan.FromMicroseconds(1);

    private DateTimeOffset? _zero;
    private TimeSpan _pts;
    private DateTimeOffset _last;

    public LiveClock(DateTimeOffset? last) => _last = last ?? DateTimeOffset.MinValue;

    /// <summary>The stream has been opened again: its clock begins anew.</summary>
    public void Restart() => _zero = null;

    /// <summary>When a frame was taken.</summary>
    /// <param name="pts">Its time in the stream's clock.</param>
    /// <param name="arrival">When it arrived.</param>
    public DateTimeOffset TimeOf(TimeSpan pts, DateTimeOffset arrival)
    {
        TimeSpan delay = _zero is { } zero ? arrival - (zero + pts) : TimeSpan.Zero;
        TimeSpan slew = TimeSpan.FromTicks(Math.Max(0, (long)((pts - _pts).Ticks * MostSlew)));
        _zero = _zero is null || delay.Duration() > MaxDelay ? arrival - pts
            : _zero + (delay < TimeSpan.Zero ? -(slew < -delay ? slew : -delay) : delay * Follow);
        _pts = pts;
        return TimeOf(_zero.Value + pts);
    }

    /// <summary>When a frame was taken whose stream has no clock.</summary>
    public DateTimeOffset TimeOf(DateTimeOffset arrival)
    {
        _last = arrival > _last ? arrival : _last + Step;
        return _last;
    }
}
