namespace Sensing.Benchmarks;

/// <summary>A measure cannot be run as asked; the message says what to change.</summary>
public sealed class MeasureException(string message) : Exception(message);
