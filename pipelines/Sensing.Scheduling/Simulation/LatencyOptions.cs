namespace Sensing.Scheduling.Simulation;

/// <summary>How real times spread around the expected ones: log-normal, with the table's value as the 95th percentile.</summary>
public sealed record LatencyOptions
{
    public static LatencyOptions Default { get; } = new();

    /// <summary>σ of the logarithm of edge times (default: 0.05). An accelerator that runs one model at a time is steady.</summary>
    public double EdgeSigma { get; init; } = 0.05;

    /// <summary>σ of the logarithm of cloud times (default: 0.2). A function behind a network is not.</summary>
    public double CloudSigma { get; init; } = 0.2;

    /// <summary>A cloud call that takes longer fails at this time, µs (default: 5 s).</summary>
    public long CloudTimeout { get; init; } = 5_000_000;
}
