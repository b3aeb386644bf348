namespace Sensing.Scheduling.PlanAhead;

/// <summary>How likely a call made now is to bring a result at all: the cloud is up or down, and even when up some calls break.</summary>
/// <remarks>
/// The filter of a two-state Markov chain (up, down). Down, every call is refused; up, a share that is learned. Belief
/// returns by itself as time passes, so that a down cloud is tried again when a call is worth the risk.
/// </remarks>
internal sealed class CloudAvailability
{
    /// <summary>Transitions a µs: up for a minute on average, down for ten seconds.</summary>
    private const double Falls = 1 / 60e6;
    private const double Rises = 1 / 10e6;

    private const double LeastBroken = 0.002;
    private const double MostBroken = 0.5;

    private double _up = 1;
    private double _broken = LeastBroken;
    private long _updatedAt;
    private long _newestSentAt = -1;

    /// <summary>The chance of a result, as of the last outcome.</summary>
    public double Chance => _up * (1 - _broken);

    /// <summary>Whether the latest calls were refused.</summary>
    public bool IsDown => _up < 0.5;

    /// <summary>Time has passed: both states drift towards their share in the long run.</summary>
    /// <returns>Whether the chance has changed by enough to matter.</returns>
    public bool MoveTo(long now)
    {
        const double InTheLongRun = Rises / (Rises + Falls);
        if (_up >= InTheLongRun || now - _updatedAt < 50_000)
        {
            return false;
        }

        double kept = Math.Exp(-(Rises + Falls) * (now - _updatedAt));
        _up = InTheLongRun + ((_up - InTheLongRun) * kept);
        _updatedAt = now;
        return true;
    }

    /// <summary>A call has ended.</summary>
    /// <param name="sentAt">When it was made: older calls than the newest heard of say how the cloud was, µs.</param>
    /// <param name="refused">Whether it failed.</param>
    /// <param name="now">µs.</param>
    public void Learn(long sentAt, bool refused, long now)
    {
        if (sentAt < _newestSentAt)
        {
            return;
        }

        MoveTo(now);
        _newestSentAt = sentAt;
        _updatedAt = now;
        double prior = Math.Min(_up, 0.98);
        double ifUp = refused ? _broken : 1 - _broken;
        double ifDown = refused ? 1 : 0.001;
        _up = prior * ifUp / ((prior * ifUp) + ((1 - prior) * ifDown));
        double weight = _up / 50;
        _broken = Math.Clamp(_broken + (weight * ((refused ? 1 : 0) - _broken)), LeastBroken, MostBroken);
    }
}
