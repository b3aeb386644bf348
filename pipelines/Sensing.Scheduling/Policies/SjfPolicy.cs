namespace Sensing.Scheduling.Policies;

/// <summary>SJF: the edge alone, shortest job first.</summary>
public sealed class SjfPolicy() : EdgeOnlyPolicy(EdgeOrder.ShortestJob)
{
    public override string Name => "SJF";
}
