using Sensing.CloudIngest.Store;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Where events are stored, and for how long.</summary>
public sealed record StoreOptions : ICheckedOptions
{
    [Option("SQLite file; its folder is created if it is missing.", Min = 1)]
    public string Path { get; init; } = "data/cloud.db";

    [Option("A PostgreSQL database to store them in, instead of the file.")]
    public PostgresOptions? Postgres { get; init; }

    [Option("Largest size of the store, bytes. Beyond it the oldest telemetry is dropped first, then the oldest facts, alarms last.", Min = 16 * 1024 * 1024)]
    public long MaxBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    [Option("How long events of a type are kept after their arrival. The first rule that fits a type counts; events that no rule fits are kept for good, so end with a rule for '*'. Absent: as docs/events.md lists for each type, and a year for types that are not listed.")]
    public RetentionOptions[]? Retention { get; init; }

    [Option("How long one-minute roll-ups are kept after their last change, days.", Min = 1)]
    public int MinuteRollupDays { get; init; } = 90;

    [Option("How long fifteen-minute roll-ups are kept after their last change, days. Hourly and daily roll-ups are kept forever.", Min = 1)]
    public int QuarterRollupDays { get; init; } = 730;

    [Option("How long dead letters are kept, days.", Min = 1)]
    public int DeadLetterDays { get; init; } = 30;

    [Option("Maximum bytes of dead letters, at most a quarter of maxBytes. Beyond it the oldest of the node that has most are removed; they are also the first to go when the store is full.", Min = 1024 * 1024)]
    public long MaxDeadLetterBytes { get; init; } = 256L * 1024 * 1024;

    [Option("Maximum pairs of stream and type; an event of a further pair becomes a dead letter.", Min = 1, Max = 10_000_000)]
    public int MaxSeries { get; init; } = 50_000;

    [Option("Maximum pairs of stream and type of one node, whatever the site in its sources; an event of a further pair becomes a dead letter.", Min = 1, Max = 10_000_000)]
    public int MaxSeriesPerNode { get; init; } = 2000;

    [Option("Maximum nodes whose status is kept; the status of a further node becomes a dead letter.", Min = 1, Max = 1_000_000)]
    public int MaxNodes { get; init; } = 10_000;

    [Option("An event that arrives more than this after its time is flagged late, s.", Min = 0)]
    public double LateSeconds { get; init; } = 300;

    [Option("An event whose time is more than this ahead of its arrival is flagged future, s.", Min = 0)]
    public double FutureSeconds { get; init; } = 60;

    [Option("Interval between retention sweeps, s.", Min = 1)]
    public double SweepSeconds { get; init; } = 60;

    /// <summary>Sites at which nodes of one name may be: the name is what a node proves, its site is not.</summary>
    internal const int MaxSitesPerNode = 64;

    /// <summary>What dead letters may take of the store.</summary>
    internal long DeadLetterBytes => Math.Min(MaxDeadLetterBytes, MaxBytes / 4);

    /// <summary>Where the store is, for people: no secret is in it.</summary>
    internal string Place => Postgres is { } database ? $"PostgreSQL database {database.Database} at {database.Host}:{database.Port}" : Path;

    /// <summary>How an event's own time stands to its arrival.</summary>
    /// <param name="time">Its time, ticks of 100 ns.</param>
    /// <param name="arrival">Its arrival, ticks of 100 ns.</param>
    internal EventFlags FlagsOf(long time, long arrival) =>
        arrival - time > LateSeconds * TimeSpan.TicksPerSecond ? EventFlags.Late
        : time - arrival > FutureSeconds * TimeSpan.TicksPerSecond ? EventFlags.Future
        : EventFlags.None;

    public IEnumerable<ConfigurationProblem> Check()
    {
        RetentionOptions[] rules = Retention ?? [];
        for (int i = 0; i < rules.Length; i++)
        {
            int earlier = Array.FindIndex(rules, 0, i, rule => rule.Type == "*" || rule.Type == rules[i].Type);
            if (earlier >= 0)
            {
                yield return new ConfigurationProblem($"retention[{i}].type", $"is never reached: retention[{earlier}] fits first");
            }
        }
    }
}
