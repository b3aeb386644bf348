namespace Sensing.Scheduling.Yardsticks;

/// <summary>A task as the bound sees it.</summary>
/// <param name="Release">µs.</param>
/// <param name="Deadline">µs.</param>
/// <param name="Time">Real time on the edge, µs.</param>
/// <param name="Gain">What the edge adds to what the cloud would have brought.</param>
public readonly record struct EdgeOffer(long Release, long Deadline, long Time, int Gain);
