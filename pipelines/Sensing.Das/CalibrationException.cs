namespace Sensing.Das;

/// <summary>A site that cannot be calibrated from what was given: says why and what to do.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="remedy">What to do about it.</param>
public sealed class CalibrationException(string problem, string remedy) : Exception($"{problem} {remedy}")
{
    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}
