using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

/// <summary>A small junction for tests: two roads of one lane each that cross.</summary>
internal static class Crossroads
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly JunctionOptions Options = new()
    {
        Approaches = [new() { Name = "main" }, new() { Name = "side" }],
        Groups =
        [
            new() { Name = "main", Lanes = [new() { Approach = "main", Lane = 0 }] },
            new() { Name = "side", Lanes = [new() { Approach = "side", Lane = 0 }] },
        ],
        Conflicts = [new() { First = "main", Second = "side" }],
        Phases =
        [
            new() { Name = "main", Green = ["main"], MinGreenSeconds = 5, MaxGreenSeconds = 60 },
            new() { Name = "side", Green = ["side"], MinGreenSeconds = 5, MaxGreenSeconds = 40 },
        ],
        FixedPlan = new()
        {
            CycleSeconds = 60,
            Splits = [new() { Phase = "main", GreenSeconds = 32 }, new() { Phase = "side", GreenSeconds = 20 }],
        },
    };

    public static ApproachReading Reading(string approach, double second, double waiting, double passed = 0, double quality = 1, params EmergencyCall[] calls) => new()
    {
        Time = Start.AddSeconds(second),
        Approach = approach,
        Quality = quality,
        Lanes = [new() { Lane = 0, Count = waiting, Queue = waiting, Passed = passed }],
        Emergencies = calls,
    };

    public static SignalPlan Plan(SignalAspect main, SignalAspect side) => new()
    {
        Junction = "junction",
        Phase = "main",
        Stage = SignalStage.Green,
        ElapsedSeconds = 0,
        Mode = SignalMode.Rule,
        Reason = "",
        Groups = [new() { Group = "main", Aspect = main }, new() { Group = "side", Aspect = side }],
        Next = [],
    };
}
