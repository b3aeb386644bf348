namespace Sensing.Marine.Synthetic;

/// <summary>Random numbers that depend on their seeds alone: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
internal static class SeededNoise
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    /// <summary>A key of several seeds.</summary>
    public static ulong Key(params ReadOnlySpan<long> seeds)
    {
        ulong key = 0;
        foreach (long seed in seeds)
        {
            key = Mix(key + GoldenRatio + (ulong)seed);
        }

        return key;
    }

    /// <summary>Uniform in (0, 1), the same for a key and an index wherever the reading starts.</summary>
    public static double Uniform(ulong key, long index) => ((Mix(key + ((ulong)index * GoldenRatio)) >> 11) + 0.5) / (1UL << 53);

    public static double Uniform(ulong key, long index, double low, double high) => low + ((high - low) * Uniform(key, index));

    /// <summary>Standard normal (Box and Muller).</summary>
    public static double Gaussian(ulong key, long index) =>
        Math.Sqrt(-2 * Math.Log(Uniform(key, 2 * index))) * Math.Cos(2 * Math.PI * Uniform(key, (2 * index) + 1));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
