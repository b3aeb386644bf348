namespace Sensing.Vision.Sources.Live;

/// <summary>Waits between attempts: doubling, bounded, each varied by a quarter.</summary>
/// <param name="first">The first wait.</param>
/// <param name="most">The longest wait, before it is varied.</param>
/// <param name="name">The camera: each varies in its own way, and the same in every run.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan most, string name)
{
    private const int MaxDoublings = 30;

    private readonly Random _random = new(Hash(name));
    private int _failures;

    /// <summary>The wait after one more failure.</summary>
    public TimeSpan Next()
    {
        double doubled = first.TotalSeconds * Math.Pow(2, Math.Min(_failures++, MaxDoublings));
        return TimeSpan.FromSeconds(Math.Min(doubled, most.TotalSeconds) * (0.75 + (0.5 * _random.NextDouble())));
    }

    /// <summary>It has worked for a while.</summary>
    public void Reset() => _failures = 0;

    /// <summary>FNV-1a: the same in every process, unlike a string's own hash.</summary>
    private static int Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash & int.MaxValue);
    }
}
