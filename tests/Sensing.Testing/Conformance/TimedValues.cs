namespace Sensing.Testing.Conformance;

/// <summary>One reading of a source, as numbers: what conformance compares.</summary>
/// <param name="Time">Its sensor time.</param>
/// <param name="Values">Its values; a text as its characters.</param>
public sealed record TimedValues(DateTimeOffset Time, double[] Values);
