namespace Sensing.Scheduling.Simulation;

/// <summary>A share of runs that takes a multiple of its time, such as those that meet a garbage collection or a thermal throttle.</summary>
/// <param name="Share">0 to 1.</param>
/// <param name="Factor">By how much longer these take.</param>
public sealed record TailOptions(double Share, double Factor)
{
    public static TailOptions None { get; } = new(0, 1);
}
