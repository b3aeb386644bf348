namespace Sensing.Scheduling;

/// <summary>What happened to a task.</summary>
public enum TraceKind
{
    Arrived,
    StartedOnEdge,
    SentToCloud,
    Dropped,
    EdgeFinished,
    EdgeFailed,
    CloudFinished,
    CloudFailed,
}
