namespace Sensing.Benchmarks.Das;

/// <summary>The rows of a label file, and which of its columns score.</summary>
/// <param name="Path">The file.</param>
/// <param name="Positions">Labelled positions, m, rising: one a column <c>t_{metres}</c>.</param>
/// <param name="Rows">All rows, in the file's order.</param>
/// <param name="ScoredM">Where passages are compared, m: the position that every clear row marks.</param>
public sealed record LabelSet(string Path, IReadOnlyList<double> Positions, IReadOnlyList<PassageLabel> Rows, double ScoredM)
{
    /// <summary>Where the described labels are scored (poznan_0902_labels.md), m: of several possible positions the nearest is taken.</summary>
    public const double DescribedM = 65;

    /// <summary>The two positions farthest apart, between which labelled speeds are taken; null where only one is labelled.</summary>
    public (double FromM, double ToM)? SpeedBetween => Positions.Count < 2 ? null : (Positions[0], Positions[^1]);
}
