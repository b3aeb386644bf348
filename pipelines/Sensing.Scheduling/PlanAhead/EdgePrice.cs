namespace Sensing.Scheduling.PlanAhead;

/// <summary>What a µs of the edge has lately earned over the cloud, idle time included.</summary>
/// <remarks>
/// The average reward of a semi-Markov decision process: charging it for the time a plan takes makes plans of different
/// length comparable (Howard 1960), and it falls by itself when the edge has time to spare.
/// </remarks>
internal sealed class EdgePrice(long memory)
{
    private double _sum;
    private double _weight;
    private long _updatedAt;

    /// <summary>Utility for each µs.</summary>
    public double PerMicrosecond => _weight <= 0 ? 0 : _sum / (_weight * memory);

    public void Earned(double gain, long now)
    {
        double kept = Math.Exp(-(double)(now - _updatedAt) / memory);
        _sum = (_sum * kept) + gain;
        _weight = (_weight * kept) + (1 - kept);
        _updatedAt = now;
    }
}
