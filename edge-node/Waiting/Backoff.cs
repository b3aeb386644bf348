using Sensing.EdgeNode.Configuration;

namespace Sensing.EdgeNode.Waiting;

/// <summary>Waits between tries: doubling, capped, each shortened by up to a half at random so that many nodes do not come at once.</summary>
public sealed class Backoff(BackoffOptions options, int seed)
{
    private readonly Random _random = new(seed);
    private int _tries;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        double full = Math.Min(options.MaxSeconds, options.InitialSeconds * Math.Pow(2, Math.Min(_tries++, 40)));
        return TimeSpan.FromSeconds(full * (0.5 + (_random.NextDouble() / 2)));
    }

    /// <summary>What was tried has worked: the next wait is the first one again.</summary>
    public void Reset() => _tries = 0;
}
