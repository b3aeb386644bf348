namespace Sensing.Models;

/// <summary>A figure of a candidate beside that of the model in use, on the same data.</summary>
/// <param name="Name">What was measured, for example <c>accuracy</c>.</param>
/// <param name="Value">Of the candidate.</param>
/// <param name="InUse">Of the model in use; null where there was none.</param>
public sealed record ModelMetric(string Name, double Value, double? InUse);
