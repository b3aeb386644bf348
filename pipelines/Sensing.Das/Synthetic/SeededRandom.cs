namespace Sensing.Das.Synthetic;

/// <summary>Random numbers that depend on their seeds alone: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
internal struct SeededRandom
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SeededRandom(params ReadOnlySpan<long> seeds)
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

    /// <summary>Standard normal value of one place (key, index): the same wherever the reading starts.</summary>
    public static float GaussianAt(ulong key, long index)
    {
        ulong word = Mix(key + ((ulong)index * GoldenRatio));
        return Gaussian(Unit(word), Unit(Mix(word)));
    }

    /// <summary>A word as a number in (0, 1): its 53 upper bits, in the middle of their step.</summary>
    public static double Unit(ulong word) => ((word >> 11) + 0.5) / (1UL << 53);

    public ulong NextWord() => Mix(_state += GoldenRatio);

    /// <summary>Uniform in (0, 1).</summary>
    public double NextDouble() => Unit(NextWord());

    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    public double Exponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary>Normal, drawn again until it is within two standard deviations: no vehicle stands or flies.</summary>
    public double TruncatedNormal(double mean, double deviation)
    {
        double value;
        do
        {
            value = Gaussian(NextDouble(), NextDouble());
        }
        while (Math.Abs(value) > 2);
        return mean + (deviation * value);
    }

    /// <summary>Box and Muller's transform of two uniform values.</summary>
    private static float Gaussian(double u, double w) => (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * w));
}
