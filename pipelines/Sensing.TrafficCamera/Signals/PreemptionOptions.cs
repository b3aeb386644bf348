using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Green for emergency vehicles.</summary>
public sealed record PreemptionOptions
{
    [Option("Whether emergency vehicles pre-empt the plan.")]
    public bool Enabled { get; init; } = true;

    [Option("Least confidence of a report that pre-empts.", Min = 0, Max = 1)]
    public double MinConfidence { get; init; } = 0.7;

    [Option("Time before the expected arrival at which the approach should be green, s; its queue's discharge is added.", Min = 0, Max = 60)]
    public double LeadSeconds { get; init; } = 5;

    [Option("How long the green is held after the last report and the expected arrival, s.", Min = 1, Max = 60)]
    public double ReleaseSeconds { get; init; } = 5;

    [Option("Longest pre-emption for one lane, s. Further reports of that lane are ignored until it was silent for as long.", Min = 10, Max = 600)]
    public double MaxHoldSeconds { get; init; } = 90;
}
