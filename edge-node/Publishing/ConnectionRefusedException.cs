namespace Sensing.EdgeNode.Publishing;

/// <summary>The broker was reached and does not want this node, or what is needed to ask it is missing: told apart from 'gone'.</summary>
internal sealed class ConnectionRefusedException(string message, Exception? inner = null) : Exception(message, inner);
