namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Random numbers that depend on their seeds alone: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
internal struct SceneRandom
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SceneRandom(params ReadOnlySpan<long> seeds)
    {
        foreach (long seed in seeds)
        {
            _state = Mix(_state + GoldenRatio + (ulong)seed);
        }
    }

    /// <summary>A 64-bit word in which every input bit moves half of the output bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong NextWord() => Mix(_state += GoldenRatio);

    /// <summary>Uniform in (0, 1).</summary>
    public double NextDouble() => ((NextWord() >> 11) + 0.5) / (1UL << 53);

    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    public int Below(int count) => (int)(NextDouble() * count);

    public double Exponential(double mean) => -mean * Math.Log(NextDouble());

    /// <summary>Normal: Box and Muller's transform.</summary>
    public double Gaussian() => Math.Sqrt(-2 * Math.Log(NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());
}
