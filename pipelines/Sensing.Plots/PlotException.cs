namespace Sensing.Plots;

/// <summary>A picture that cannot be made; the message says what to do.</summary>
public sealed class PlotException(string message) : Exception(message);
