namespace Sensing.Models;

/// <summary>What came of a training.</summary>
/// <param name="Candidate">The file of the new model; null: none was trained.</param>
/// <param name="IsBetter">By the training's rule the candidate is better than the model in use.</param>
/// <param name="Reason">The comparison in words, or why there is no candidate.</param>
/// <param name="Origin">What the candidate was trained from.</param>
/// <param name="Metrics">Figures of both.</param>
public sealed record TrainingOutcome(
    ReadOnlyMemory<byte>? Candidate, bool IsBetter, string Reason, string Origin, IReadOnlyList<ModelMetric> Metrics)
{
    /// <summary>No candidate was trained.</summary>
    public static TrainingOutcome None(string reason) => new(null, false, reason, "", []);
}
