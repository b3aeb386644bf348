namespace Sensing.Scheduling.PlanAhead;

/// <summary>Mean and spread of the edge time of each type, learned as tasks finish.</summary>
internal sealed class EdgeTimeModel
{
    /// <summary>Weight of a new time, once there are many: a device that heats up is followed within some tens of tasks.</summary>
    private const double Slowest = 1 / 32.0;

    private readonly double[] _mean;
    private readonly double[] _variance;
    private readonly int[] _seen;

    public EdgeTimeModel(IReadOnlyList<InferenceTaskType> types)
    {
        // The published times are high percentiles; a mean 8 % below with 5 % spread stands in until times are seen.
        _mean = [.. types.Select(t => 0.92 * t.EdgeTime)];
        _variance = [.. types.Select(t => 0.0025 * t.EdgeTime * t.EdgeTime)];
        _seen = new int[types.Count];
    }

    public double Mean(int type) => _mean[type];

    public double Variance(int type) => _variance[type];

    public void Learn(int type, long took)
    {
        double weight = Math.Max(Slowest, 1.0 / (++_seen[type] + 4));
        double off = took - _mean[type];
        _mean[type] += weight * off;
        _variance[type] += weight * ((off * off) - _variance[type]);
    }
}
