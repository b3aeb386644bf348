namespace Sensing.Scheduling.Policies;

/// <summary>EDF: the edge alone, earliest deadline first.</summary>
public sealed class EdfPolicy() : EdgeOnlyPolicy(EdgeOrder.EarliestDeadline)
{
    public override string Name => "EDF";
}
