using Sensing.Events;
using Sensing.Testing.Conformance;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Signals;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Tests.Events;

public class TrafficEventsTests
{
    private static readonly StreamAddress Stream = new("city", "camera-1", "north");

    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_family_conforms() => EventFamilyConformance.Check(
        TrafficEvents.Family,
        TrafficEvents.Approach.Create(Stream, Noon, "", State()),
        TrafficEvents.Count.Create(Stream, Noon, "", new VehicleCount
        {
            Approach = "north",
            WindowMinutes = 15,
            ObservedSeconds = 900,
            Count = 12,
            FlowPerHour = 48,
            MeanSpeedKmh = 41.5,
            Lanes = [new LaneCount { Direction = TravelDirection.Toward, Lane = 1, Class = VehicleClass.Car, Count = 12 }],
            Movements = [new MovementCount { From = "north", To = "west", Class = VehicleClass.Bus, Count = 1 }],
        }),
        TrafficEvents.Alarm.Create(Stream, Noon, "", new TrafficAlarm
        {
            Approach = "north",
            Kind = TrafficAlarmKind.WrongWay,
            VehicleId = 4,
            Lane = 1,
            Class = VehicleClass.Car,
            AlongM = 12.5,
            SpeedKmh = 30,
        }),
        TrafficEvents.Emergency.Create(Stream, Noon, "", new EmergencyVehicle
        {
            Approach = "north",
            Vehicle = 7,
            Lane = 2,
            Confidence = 0.97,
            Evidence = [new EmergencyEvidence(EmergencyEvidenceKind.LightBar, 8.5)],
            FirstSeen = Noon,
            ExpectedArrival = Noon.AddSeconds(5),
            Ended = false,
        }),
        TrafficEvents.Fault.Create(Stream, Noon, "", new CameraFault
        {
            Kind = CameraFaultKind.Covered,
            Phase = CameraFaultPhase.Begin,
            Since = Noon.AddSeconds(-8),
            Detail = "90 % of the usual edges are hidden",
        }),
        TrafficEvents.SignalPlan.Create(Stream, Noon, "", new SignalPlan
        {
            Junction = "station square",
            Phase = "main",
            NextPhase = "side",
            Stage = SignalStage.Yellow,
            ElapsedSeconds = 1,
            Mode = SignalMode.Rule,
            Reason = "the queue on side is longer",
            Fallback = "no readings of north for 5 s",
            Groups = [new SignalGroupState { Group = "main", Aspect = SignalAspect.Yellow }],
            Next = [new SignalPlanChange { InSeconds = 2, Stage = SignalStage.AllRed, Phase = "main", Certainty = SignalPlanCertainty.Certain }],
        }),
        TrafficEvents.Snapshot.Create(Stream, Noon, "", new Snapshot { Approach = "north", Width = 2, Height = 1, Jpeg = [255, 216] }),
        TrafficEvents.Detector.Create(Stream, Noon, "", new DetectorState
        {
            Model = "nanodet",
            Looked = 300,
            Skipped = 12,
            Failed = 1,
            Objects = 900,
            LongestMs = 61.5,
            Problem = "no memory",
        }));

    internal static ApproachState State() => new()
    {
        Approach = "north",
        Index = 0.2,
        IndexRaw = 0.25,
        Level = CongestionLevel.Slow,
        LevelOfService = ServiceLevel.C,
        Vehicles = 5,
        Passed = 1,
        DensityPerKmLane = 38,
        MeanSpeedKmh = 22.5,
        SpeedStandardErrorKmh = 1.5,
        QueueM = 14,
        QueueVehicles = 2,
        Quality = 0.6,
        QualityReason = SightReason.Haze,
        Lanes =
        [
            new LaneState
            {
                Lane = 1,
                Index = 0.2,
                IndexRaw = 0.25,
                Level = CongestionLevel.Slow,
                Vehicles = 5,
                Passed = 1,
                DensityPerKmLane = 76,
                MeanSpeedKmh = 22.5,
                SpeedStandardErrorKmh = 1.5,
                QueueM = 14,
                QueueVehicles = 2,
                ClearingVehicles = 1,
            },
        ],
    };
}
