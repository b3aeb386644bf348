namespace Sensing.Scheduling.Policies;

/// <summary>E+C (SJF): edge first, shortest first, then the cloud.</summary>
public sealed class EdgeCloudSjfPolicy() : EdgeCloudPolicy(EdgeOrder.ShortestJob)
{
    public override string Name => "E+C(SJF)";
}
