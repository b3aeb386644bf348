namespace Sensing.Marine.Refinement;

/// <summary>How a classifier of impacts is trained again, and when it is better.</summary>
public sealed record RefinementOptions
{
    public static RefinementOptions Default { get; } = new();

    /// <summary>Simulated voyages beside the labelled windows (default: 600, as 'edge-node marine train').</summary>
    public int Voyages { get; init; } = 600;

    /// <summary>Of voyages and networks (default: 1).</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Share of the hours of a stream that are held out (default: 0.3).</summary>
    public double HeldOut { get; init; } = 0.3;

    /// <summary>Fewest held-out windows for a comparison (default: 20).</summary>
    public int FewestHeldOut { get; init; } = 20;

    /// <summary>Chance of being as many windows ahead by luck, above which a candidate does not count as better (default: 0.05).</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>How much less accurate a candidate may be on simulated voyages (default: 0.01): it must not forget what the labelled windows do not show.</summary>
    public double SimulatedSlack { get; init; } = 0.01;

    /// <summary>Probability of an impact that counts as an alarm (default: 0.97, as on nodes).</summary>
    public double AlarmProbability { get; init; } = 0.97;
}
