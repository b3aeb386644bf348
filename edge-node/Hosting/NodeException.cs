namespace Sensing.EdgeNode.Hosting;

/// <summary>The node cannot run; the message says why and what to do.</summary>
public sealed class NodeException(string message, Exception? inner = null) : Exception(message, inner);
