using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Bounds of the outbox and how it commits.</summary>
public sealed record OutboxOptions : ICheckedOptions
{
    [Option("Space for unsent events, MB (10⁶ bytes), counted as payload plus about 100 bytes per event. For what happens at the bound, see whenFull.", Min = 1, Max = 1_000_000)]
    public double MaxMegabytes { get; init; } = 1024;

    [Option("Share of the space that telemetry may fill, %.", Above = 0, Max = 100)]
    public double TelemetryPercent { get; init; } = 50;

    [Option("Share of the space that telemetry and facts together may fill, %; the rest is reserved for alarms.", Above = 0, Max = 100)]
    public double FactPercent { get; init; } = 90;

    [Option("Facts and alarms older than this are dropped and counted, h since their commit. Time is counted while the node runs and, where its clock can be trusted, while it was off; setting the clock ages nothing.", Above = 0, Max = 87_600)]
    public double MaxAgeHours { get; init; } = 720;

    [Option("Telemetry older than this is dropped and counted, h since its commit.", Above = 0, Max = 87_600)]
    public double TelemetryMaxAgeHours { get; init; } = 72;

    [Option("At the bound: block makes streams wait (recordings), dropLowestOldest drops the oldest event of the lowest priority and counts it (live sensors).")]
    public WhenFull WhenFull { get; init; } = WhenFull.DropLowestOldest;

    [Option("Minimum interval between commits unless many events wait, ms: groups small commits, which spares flash memory, and adds up to as much delay. 0: commit immediately.", Min = 0, Max = 10_000)]
    public int CommitEveryMs { get; init; } = 20;

    [Option("false: commits are synced by SQLite's synchronous=NORMAL, so a power cut (not a kill) may lose the last events. true: synchronous=FULL.")]
    public bool SyncEveryCommit { get; init; } = true;

    [Option("Space for events that the broker refused permanently, MB; beyond it, the oldest are dropped and counted as lost.", Min = 1, Max = 1_000_000)]
    public double DeadLetterMegabytes { get; init; } = 64;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (FactPercent < TelemetryPercent)
        {
            yield return new ConfigurationProblem("factPercent", $"must not be below telemetryPercent ({TelemetryPercent:R})");
        }
    }
}
