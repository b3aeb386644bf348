namespace Sensing.Scheduling.Policies;

/// <summary>HPF: the edge alone, highest utility for each unit of edge time first.</summary>
public sealed class HpfPolicy() : EdgeOnlyPolicy(EdgeOrder.HighestUtilityRate)
{
    public override string Name => "HPF";
}
