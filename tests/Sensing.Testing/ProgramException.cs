namespace Sensing.Testing;

/// <summary>A program under test or measurement ended otherwise than it should; the message holds what it printed last.</summary>
public sealed class ProgramException(string message) : Exception(message);
