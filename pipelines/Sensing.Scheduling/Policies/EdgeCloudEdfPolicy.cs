namespace Sensing.Scheduling.Policies;

/// <summary>E+C (EDF): edge first, in order of deadline, then the cloud.</summary>
public sealed class EdgeCloudEdfPolicy() : EdgeCloudPolicy(EdgeOrder.EarliestDeadline)
{
    public override string Name => "E+C(EDF)";
}
