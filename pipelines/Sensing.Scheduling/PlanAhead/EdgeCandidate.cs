namespace Sensing.Scheduling.PlanAhead;

/// <summary>A task the edge could run: one that waits, or one that is known to come.</summary>
/// <param name="Release">µs.</param>
/// <param name="Deadline">µs.</param>
/// <param name="Benefit">Worth of finishing in time, before the cost.</param>
/// <param name="Cost">Cost of the run, in time or not.</param>
/// <param name="Alternative">What it is worth if the edge leaves it: the cloud's expected utility, or 0.</param>
/// <param name="Task">Null if it is yet to come.</param>
internal readonly record struct EdgeCandidate(
    long Release, long Deadline, double Benefit, double Cost, double Alternative, InferenceTask? Task);
