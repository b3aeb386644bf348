namespace Sensing.Marine.SignalK;

/// <summary>Deltas have been handed to the network.</summary>
/// <param name="Count">How many.</param>
public sealed record SignalKSent(int Count);
