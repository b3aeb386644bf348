namespace Sensing.Marine.Synthetic;

/// <summary>A slow random motion about zero that is known at every time: a sum of sines with seeded phases.</summary>
/// <param name="key">What it depends on.</param>
/// <param name="deviation">Standard deviation.</param>
/// <param name="shortestS">Shortest period, s.</param>
/// <param name="longestS">Longest period, s.</param>
internal readonly struct Wander(ulong key, double deviation, double shortestS, double longestS)
{
    private const int Sines = 5;

    public double At(double seconds)
    {
        double sum = 0;
        for (int i = 0; i < Sines; i++)
        {
            double period = shortestS * Math.Pow(longestS / shortestS, (i + SeededNoise.Uniform(key, i)) / Sines);
            sum += Math.Sin(2 * Math.PI * ((seconds / period) + SeededNoise.Uniform(key, Sines + i)));
        }

        return deviation * sum * Math.Sqrt(2.0 / Sines);
    }
}
