namespace Sensing.CloudIngest.Bridge;

/// <summary>Waits that double up to a bound, each between half and all of its length.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan last, Random jitter)
{
    private TimeSpan _next;

    public TimeSpan Next()
    {
        _next = _next == TimeSpan.Zero ? first : _next * 2;
        _next = _next < last ? _next : last;
        return _next * (0.5 + (jitter.NextDouble() / 2));
    }

    public void Reset() => _next = TimeSpan.Zero;
}
