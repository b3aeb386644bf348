using Sensing.Drones.Events;
using Sensing.Drones.Tasks;
using Sensing.Events;
using Sensing.Testing.Conformance;
using Xunit;

namespace Sensing.Drones.Tests.Events;

public sealed class DroneEventsTests
{
    private static readonly StreamAddress Address = new("site", "node", "base");
    private static readonly DateTimeOffset Time = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_family_conforms() => EventFamilyConformance.Check(
        DroneEvents.Family,
        DroneEvents.Result.Create(Address, Time, "north", new DroneResult
        {
            Drone = "north",
            Segment = 7,
            Width = 640,
            Height = 480,
            Tasks =
            [
                new TaskReport
                {
                    Type = "HV",
                    Fate = TaskFate.Failed,
                    Place = TaskPlace.Cloud,
                    Variant = "centernet-416",
                    LatencyMs = 1.5,
                    DeadlineMs = 2.5,
                    RanMs = 0.5,
                    Stolen = true,
                    Migrated = false,
                    Utility = -25,
                    Problem = "refused",
                },
            ],
            Persons =
            [
                new PersonReport
                {
                    Left = 1,
                    Top = 2,
                    Right = 3,
                    Bottom = 4,
                    Score = 0.9,
                    Vest = true,
                    Mask = MaskState.NoMask,
                    DistanceM = 5.5,
                    Pose = [1, 2, 0.5],
                },
            ],
            Crowd = 1,
            NearestObject = "car",
            NearestObjectM = 12.5,
            Jpeg = [1, 2, 3],
        }),
        DroneEvents.Qos.Create(Address, Time, "", new DroneQos
        {
            PeriodSeconds = 5,
            Policy = "Plan-ahead",
            Drones = ["north", "south"],
            Arrived = 10,
            Done = 7,
            Late = 2,
            Dropped = 1,
            Completion = 0.7,
            Utility = 300,
            Bound = 400,
            Qoe = 100,
            QoeMost = 130,
            WindowSeconds = 20,
            WindowRate = 0.9,
            Promised = 6,
            Kept = 5,
            SharedRuns = 3,
            DecisionMs = 0.02,
            LinkMbits = 12,
            Cloud = CloudState.HeldBack,
            Types =
            [
                new TaskTypeQos
                {
                    Type = "HV",
                    Summary = "hazard vest",
                    Arrived = 10,
                    Done = 7,
                    Late = 1,
                    Failed = 1,
                    Dropped = 1,
                    Stolen = 1,
                    Migrated = 1,
                    EdgeShare = 0.5,
                    CloudShare = 0.4,
                    Utility = 300,
                    DeadlineMs = 50,
                    EdgeSeenMs = 14,
                    EdgeBelievedMs = 15,
                    CloudSeenMs = 30,
                    CloudBelievedMs = 40,
                    WindowCompletion = 0.95,
                    WindowBonus = 100,
                    Variants = [new VariantShare { Variant = "centernet-416", Share = 1, EdgeMs = 14 }],
                },
            ],
        }));
}
