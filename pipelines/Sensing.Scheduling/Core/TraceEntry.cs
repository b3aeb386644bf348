namespace Sensing.Scheduling;

/// <summary>One line of a run's trace: enough, with the types, to account the whole run again.</summary>
/// <param name="At">Virtual time, µs.</param>
/// <param name="Kind">What happened.</param>
/// <param name="TaskId">To which task.</param>
/// <param name="TypeIndex">Its type.</param>
/// <param name="Drone">Its drone.</param>
/// <param name="Release">When its segment arrived, µs.</param>
/// <param name="Expected">For a start: how long the policy expected it to take, µs. Otherwise 0.</param>
public readonly record struct TraceEntry(
    long At, TraceKind Kind, int TaskId, int TypeIndex, int Drone, long Release, long Expected);
