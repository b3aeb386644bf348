using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>Steps 3 and 4: the Hough transform and the clustering of its segments.</summary>
public sealed record DetectOptions : ICheckedOptions
{
    [Option("Length of fibre over which a line is taken as straight, m.", Min = 15, Max = 500)]
    public double ApertureM { get; init; } = 80;

    [Option("Distance from one aperture to the next as a share of its length.", Min = 0.1, Max = 1)]
    public double ApertureStep { get; init; } = 0.5;

    [Option("Which quantile of the evidence along a line speaks for it: low asks nearly every position to see the vehicle.", Min = 0.05, Max = 0.5)]
    public double Quantile { get; init; } = 0.25;

    [Option("Evidence that a line needs, in deviations of the noise.", Min = 0.1, Max = 20)]
    public double Threshold { get; init; } = 1.6;

    [Option("Least time between two vehicles alongside one place, s: weaker lines closer than this to a stronger one are the same.", Min = 0.1, Max = 5)]
    public double MinHeadwaySeconds { get; init; } = 0.35;

    [Option("Shoulders of a small vehicle's own signature, as a share of its evidence: a line near it must stand out above them.", Min = 0, Max = 1)]
    public double ShoulderSmall { get; init; } = 0.05;

    [Option("Shoulders of a large vehicle's signature, as a share of its evidence.", Min = 0, Max = 1)]
    public double ShoulderLarge { get; init; } = 0.07;

    [Option("Evidence that divides small from large vehicles as to their shoulders, in deviations of the noise.", Min = 1, Max = 1000)]
    public double ShoulderDivide { get; init; } = 13;

    [Option("How far the shoulders of a small vehicle reach, s.", Min = 0, Max = 5)]
    public double ShoulderSmallSeconds { get; init; } = 1.4;

    [Option("How far the shoulders of a large vehicle reach, s.", Min = 0, Max = 5)]
    public double ShoulderLargeSeconds { get; init; } = 1.6;

    [Option("How long a line waits at most for a stronger one after it, s; one that no shoulder could reach waits less.", Min = 0.2, Max = 5)]
    public double LookaheadSeconds { get; init; } = 2.2;

    [Option("Mean time difference within which two segments are one vehicle (DBSCAN eps), s.", Min = 0.05, Max = 5)]
    public double ClusterSeconds { get; init; } = 0.4;

    [Option("Segments that make a cluster (DBSCAN minPts).", Min = 1, Max = 10)]
    public int ClusterSegments { get; init; } = 1;

    [Option("Whether the delay of each position against a straight line is learnt from the vehicles.")]
    public bool LearnDelays { get; init; }

    [Option("Largest delay that is learnt, s.", Min = 0.05, Max = 2)]
    public double MaxDelaySeconds { get; init; } = 0.7;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (ShoulderLarge < ShoulderSmall)
        {
            yield return new ConfigurationProblem("shoulderLarge", $"must not be below shoulderSmall ({ShoulderSmall})");
        }
    }
}
