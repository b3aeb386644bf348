namespace Sensing.Benchmarks.Das;

/// <summary>One row of a label file: when a vehicle passes each of the labelled positions, s since the recording's start.</summary>
/// <param name="Times">Time by position, m; positions at which the vehicle is not marked are absent.</param>
/// <param name="Strength">strong, medium or faint.</param>
/// <param name="Clear">False: a doubtful row, neither hit nor false alarm.</param>
/// <param name="Note">What the labeller noted.</param>
public sealed record PassageLabel(IReadOnlyDictionary<double, double> Times, string Strength, bool Clear, string Note)
{
    /// <summary>Line of the file, for messages; 0 where it comes from none.</summary>
    public int Line { get; init; }
}
