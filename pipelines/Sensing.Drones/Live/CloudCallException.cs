namespace Sensing.Drones.Live;

/// <summary>A cloud call that brought no result; the message says why.</summary>
public sealed class CloudCallException(string message, Exception? inner = null) : Exception(message, inner);
