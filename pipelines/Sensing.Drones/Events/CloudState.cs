namespace Sensing.Drones.Events;

/// <summary>State of the circuit breaker before the cloud.</summary>
public enum CloudState
{
    /// <summary>Calls are made.</summary>
    Reachable,

    /// <summary>After failures, one call is tried.</summary>
    Tried,

    /// <summary>After failures, calls are held back for a while.</summary>
    HeldBack,
}
