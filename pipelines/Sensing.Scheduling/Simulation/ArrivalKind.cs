namespace Sensing.Scheduling.Simulation;

/// <summary>How a drone's segments follow each other.</summary>
public enum ArrivalKind
{
    /// <summary>At the segment period, from a phase of the drone's own.</summary>
    Periodic,

    /// <summary>As periodic, each off its time by up to the jitter, evenly.</summary>
    Jittered,

    /// <summary>At the same mean rate, with exponential gaps: no segment says when the next one comes.</summary>
    Poisson,

    /// <summary>At given times.</summary>
    Trace,
}
