namespace Sensing.Scheduling.Policies;

/// <summary>The settings of DEMS, DEMS-A and GEMS, with the paper's values.</summary>
public sealed record DemsOptions
{
    public static DemsOptions Default { get; } = new();

    /// <summary>For DEMS-A: a mean lies well below the percentiles that the table's times are, so its margin is wider (400 ms).</summary>
    public static DemsOptions Adaptive { get; } = new() { TriggerMargin = 400_000 };

    /// <summary>How long before the last moment a deferred cloud call is made, µs (default: 200 ms).</summary>
    /// <remarks>
    /// The paper names the margin and not its size. Both defaults are the least of 10, 50, 100, … ms at which utility in a
    /// calm cloud is within 0.1 % of its best, on seeds 0 to 9: with the dispatch time alone, one deferred call in twenty is
    /// late by the definition of a 95th percentile, and the baselines would look worse than they are.
    /// </remarks>
    public long TriggerMargin { get; init; } = 200_000;

    /// <summary>w: cloud times averaged for each type (default: 10).</summary>
    public int AdaptationWindow { get; init; } = 10;

    /// <summary>ε: how far the average must be from the expected cloud time to replace it, µs (default: 10 ms).</summary>
    public long AdaptationThreshold { get; init; } = 10_000;

    /// <summary>t_cp: how long a type that was refused the cloud waits before it is tried at the default again, µs (default: 10 s).</summary>
    public long CoolingPeriod { get; init; } = 10_000_000;

    /// <summary>The windows that GEMS serves.</summary>
    public QoeOptions Qoe { get; init; } = QoeOptions.Default;
}
