namespace Sensing.Drones.Live;

/// <summary>What a run of a task brought.</summary>
/// <param name="Findings">What it found.</param>
/// <param name="IsShared">Whether the model had been run for another task of the segment.</param>
public sealed record TaskRun(TaskFindings Findings, bool IsShared = false);
