using Sensing.Drones.Events;

namespace Sensing.Drones.Live;

/// <summary>The end of a task, as it comes back to the pipeline. Everything that events are made of is in it.</summary>
public sealed record TaskResult
{
    /// <inheritdoc cref="TaskReport.Fate"/>
    public required TaskFate Fate { get; init; }

    /// <inheritdoc cref="TaskReport.Place"/>
    public required TaskPlace Place { get; init; }

    /// <summary>Model variant that ran.</summary>
    public string? Variant { get; init; }

    /// <summary>From the segment's arrival to the end, ms.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>Length of the run or the call, ms.</summary>
    public double? RanMs { get; init; }

    /// <summary>The time that the policy counted on when it started the task, ms.</summary>
    public double? BelievedMs { get; init; }

    /// <summary>95th percentile of this variant on the edge by the profile, ms.</summary>
    public double? ProfiledMs { get; init; }

    public bool Stolen { get; init; }

    public bool Migrated { get; init; }

    public int Utility { get; init; }

    public string? Problem { get; init; }

    public TaskFindings? Findings { get; init; }

    /// <summary>The picture with heads made unrecognisable, JPEG.</summary>
    public byte[]? Jpeg { get; init; }

    /// <summary>Another task of the segment had run the model before.</summary>
    public bool SharedRun { get; init; }

    /// <summary>99th percentile of the scheduler's latest decisions, ms.</summary>
    public double? DecisionMs { get; init; }

    /// <summary>Rate of the uplink as measured, Mbit/s.</summary>
    public double? LinkMbits { get; init; }

    public CloudState? Cloud { get; init; }
}
