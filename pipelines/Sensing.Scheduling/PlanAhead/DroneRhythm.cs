namespace Sensing.Scheduling.PlanAhead;

/// <summary>One drone's segments: their period, when the next is due, and whether such promises have been kept.</summary>
internal sealed class DroneRhythm
{
    private const int Kept = 5;

    /// <summary>Share of the period by which a segment may miss its time and still count as foreseen.</summary>
    private const double Tolerance = 0.15;

    /// <summary>Confidence below which nothing is promised. One kept promise in three is less than chance gives Poisson arrivals.</summary>
    private const double Least = 0.6;

    /// <summary>A gap of this many periods is an absence: it says nothing about the rhythm.</summary>
    private const int Absence = 3;

    private readonly long[] _gaps = new long[Kept];
    private int _gapCount;
    private long _last = -1;
    private long _next;
    private double _error;
    private double _confidence;
    private ulong _current;

    public long Period { get; private set; }

    /// <summary>Bit k: the last whole segment had a task of type k.</summary>
    public ulong Types { get; private set; }

    /// <summary>A task has arrived.</summary>
    /// <param name="task">The first of its segment moves the rhythm on.</param>
    /// <param name="trust">How far a first promise is believed, 0 to 1: as far as those of other drones were kept.</param>
    /// <returns>Whether the segment came when it was promised; null if nothing was promised, or for the rest of a segment.</returns>
    public bool? Arrived(InferenceTask task, double trust)
    {
        bool? kept = null;
        if (task.Release != _last)
        {
            kept = _last < 0 ? null : Segment(task.Release, trust);
            if (_last >= 0)
            {
                Types = _current;
            }

            _last = task.Release;
            _current = 0;
        }

        _current |= 1UL << task.TypeIndex;
        return kept;
    }

    /// <summary>When the next segment is due, if there is a rhythm and the segment is not overdue by more than it usually is.</summary>
    public bool TryNext(long now, out long at)
    {
        at = _next;
        if (Period <= 0 || _confidence < Least)
        {
            return false;
        }

        if (at <= now && now < at + (long)(2 * _error))
        {
            // Not at once: each try is a wake and a plan.
            at = now + (Period / 50) + 1;
        }

        return at > now;
    }

    private bool? Segment(long release, double trust)
    {
        long gap = release - _last;
        if (Period > 0 && gap > Absence * Period)
        {
            _next = release + Period;
            return null;
        }

        bool? kept = null;
        long phase = release;
        if (Period > 0)
        {
            long off = release - _next;
            kept = Math.Abs(off) <= Tolerance * Period;
            _confidence += 0.25 * ((kept.Value ? 1 : 0) - _confidence);
            if (kept.Value)
            {
                // Half of a deviation is taken for jitter, half for drift.
                _error += 0.25 * (Math.Abs(off) - _error);
                phase = _next + (off / 2);
            }
        }
        else
        {
            _confidence = trust;
        }

        _gaps[_gapCount++ % Kept] = gap;
        Period = Median();
        _next = Math.Max(phase + Period, release + 1);
        return kept;
    }

    private long Median()
    {
        int count = Math.Min(_gapCount, Kept);
        Span<long> sorted = stackalloc long[Kept];
        _gaps.AsSpan(0, count).CopyTo(sorted);
        sorted[..count].Sort();
        return sorted[(count - 1) / 2];
    }
}
