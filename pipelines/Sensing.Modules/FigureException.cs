namespace Sensing.Modules;

/// <summary>A figure that cannot be made: the message names the problem and the remedy.</summary>
public sealed class FigureException(string message, Exception? inner = null) : Exception(message, inner);
