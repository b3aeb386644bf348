namespace Sensing.Scheduling.Simulation;

/// <summary>A stream of random numbers for one purpose of one seed: xoshiro256**, seeded with SplitMix64 (Blackman and Vigna).</summary>
/// <remarks>
/// Own arithmetic and not the runtime's, so that a seed means the same tasks and times on every machine and version. One
/// stream a purpose, so that what a policy does never moves what another draws.
/// </remarks>
public sealed class SeededStream
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What is drawn, such as <c>cloud latency</c>.</param>
    public SeededStream(long seed, string purpose)
    {
        // FNV-1a over the purpose, so that purposes of one seed have nothing in common.
        ulong state = 14695981039346656037UL;
        foreach (char letter in purpose)
        {
            state = (state ^ letter) * 1099511628211UL;
        }

        state ^= (ulong)seed * 0x9E3779B97F4A7C15UL;
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="below"/>).</summary>
    public int Whole(int below) => (int)(Uniform() * below);

    /// <summary>Standard normal (Box and Muller; one of the pair, for a fixed number of draws each).</summary>
    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    /// <summary>Puts the items in a random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Whole(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private ulong Next()
    {
        ulong result = ulong.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }
}
