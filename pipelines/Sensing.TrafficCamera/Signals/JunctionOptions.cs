using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>A junction: approaches, signal groups, phases, and how they are controlled.</summary>
public sealed partial record JunctionOptions : ICheckedOptions
{
    [Option("Name of the junction, in its plans.", Min = 1, Max = 100)]
    public string Name { get; init; } = "junction";

    [Option("Approaches whose readings feed the junction.", Required = true, Min = 1, Max = 16)]
    public JunctionApproachOptions[] Approaches { get; init; } = [];

    [Option("Signal groups.", Required = true, Min = 1, Max = 32)]
    public SignalGroupOptions[] Groups { get; init; } = [];

    [Option("Pairs of groups whose paths cross or merge. Two conflicting groups are never green together, unless one yields.", Max = 496)]
    public ConflictOptions[] Conflicts { get; init; } = [];

    [Option("Phases.", Required = true, Min = 2, Max = 16)]
    public PhaseOptions[] Phases { get; init; } = [];

    [Option("Plan that runs while readings are missing, stale or of low quality, and under the rule fixed.", Required = true)]
    public FixedPlanOptions FixedPlan { get; init; } = new();

    [Option("How the next phase is chosen: maxPressure, webster or fixed.")]
    public SignalRuleKind Rule { get; init; } = SignalRuleKind.MaxPressure;

    [Option("Yellow, s.", Min = 1, Max = 10)]
    public double YellowSeconds { get; init; } = 3;

    [Option("All-red after the yellow, s.", Min = 1, Max = 60)]
    public double AllRedSeconds { get; init; } = 1;

    [Option("By how much all-red is prolonged at most while a camera sees vehicles that have yet to clear the junction, s. Beyond it the next "
        + "phase begins all the same. 0: never.", Min = 0, Max = 20)]
    public double MaxClearingSeconds { get; init; } = 4;

    [Option("Changes that need longer times.", Max = 256)]
    public ClearanceOptions[] Clearances { get; init; } = [];

    [Option("Whether a group that is green in both phases of a change stays green. Otherwise every group ends with yellow and all-red.")]
    public bool KeepCommonGreens { get; init; } = true;

    [Option("Shortest green of pedestrian groups, s.", Min = 1, Max = 60)]
    public double PedestrianMinGreenSeconds { get; init; } = 7;

    [Option("Longest red of a group, s, whatever the readings say. Groups that reach it together are served one after the other.",
        Min = 20, Max = 1200)]
    public double StarvationSeconds { get; init; } = 120;

    [Option("Age of a reading beyond which its approach counts as missing, s.", Min = 1, Max = 60)]
    public double StaleSeconds { get; init; } = 5;

    [Option("Least quality of a usable reading.", Min = 0, Max = 1)]
    public double MinQuality { get; init; } = 0.4;

    [Option("How long all readings must be usable again before the rule takes over from the fixed plan, s.", Min = 0, Max = 600)]
    public double RecoverSeconds { get; init; } = 10;

    [Option("Green for emergency vehicles.")]
    public PreemptionOptions Preemption { get; init; } = new();

    [Option("Longest time between two plan events, s. Each change is an event of its own.", Min = 1, Max = 600)]
    public double ReportSeconds { get; init; } = 10;
}
