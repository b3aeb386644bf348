using Sensing.Events;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;
using Sensing.Testing.Conformance;

namespace Sensing.Marine.Tests.Events;

public sealed class MarineEventsTests
{
    private static readonly StreamAddress Address = new("site", "node", "bridge");
    private static readonly DateTimeOffset Time = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_family_conforms() => EventFamilyConformance.Check(
        MarineEvents.Family,
        MarineEvents.Encounter.Create(Address, Time, "211000002", new Encounter
        {
            Target = "211000002",
            Name = "OTHER",
            Kind = TargetKind.ClassA,
            Class = EncounterClass.HeadOn,
            Duty = EncounterDuty.BothGiveWay,
            Advice = "Head-on",
            Level = AlertLevel.Alarm,
            Reason = AlertReason.ClosestApproach,
            Acknowledged = true,
            CpaM = 1,
            CpaErrorM = 2,
            TcpaSeconds = 3,
            TcpaErrorSeconds = 4,
            RangeM = 5,
            BearingDeg = 6,
            RelativeBearingDeg = 7,
            AspectDeg = 8,
            BowCrossingM = 9,
            BowCrossingSeconds = 10,
            AgeSeconds = 11,
        }),
        MarineEvents.Target.Create(Address, Time, "211000002", new TrackedTarget
        {
            Target = "211000002",
            Name = "OTHER",
            CallSign = "CALL",
            Kind = TargetKind.ClassA,
            State = TargetState.Confirmed,
            ShipType = 70,
            LengthM = 100,
            Status = 0,
            Latitude = 1,
            Longitude = 2,
            SpeedKn = 3,
            CourseDeg = 4,
            HeadingDeg = 5,
            AgeSeconds = 6,
            OnRadar = true,
            RangeM = 7,
            BearingDeg = 8,
            CpaM = 9,
            CpaErrorM = 11,
            TcpaSeconds = 10,
            TcpaErrorSeconds = 12,
            BowCrossingM = 13,
            BowCrossingSeconds = 14,
            Class = EncounterClass.None,
            Level = AlertLevel.None,
            Rank = 1,
        }),
        MarineEvents.OwnShip.Create(Address, Time, "", new OwnShipReport
        {
            Mmsi = 211_000_001,
            Latitude = 1,
            Longitude = 2,
            SpeedKn = 3,
            CourseDeg = 4,
            HeadingDeg = 5,
            TurnDegMin = 6,
            Status = 0,
            Targets = 7,
            Alerts = 8,
            WarningCpaM = 9,
            AlarmCpaM = 10,
            GuardZoneM = 11,
        }),
        MarineEvents.Impact.Create(Address, Time, "1", new ImpactReport
        {
            Number = 1,
            Complete = true,
            Class = ImpactClass.Beam,
            ImpactProbability = 0.98,
            Probabilities = [new ClassProbability { Class = ImpactClass.Beam, Probability = 0.97 }],
            PeakMs2 = 12,
            JerkMs3 = 400,
            DeltaVMs = 0.6,
            DirectionDeg = 85,
            DecidedAfterMs = 80,
            Model = "impacts 1.0",
            Trace = new ImpactTrace
            {
                FirstSeconds = -0.5,
                StepSeconds = 0.01,
                SurgeMs2 = [1],
                SwayMs2 = [2],
                HeaveMs2 = [3],
                YawDegS = [4],
            },
        }),
        MarineEvents.Model.Create(Address, Time, "impacts 1.1", new ModelReport
        {
            Model = "impacts",
            Version = "1.1",
            Digest = new string('0', 64),
            State = ModelState.Shadow,
            InUse = "1.0",
            Windows = 20,
            Agreement = 0.9,
            Reason = "It runs beside 1.0.",
        }),
        MarineEvents.Window.Create(Address, Time, "", new ImpactWindow
        {
            Class = ImpactClass.WaveSlam,
            Probability = 0.5,
            Entropy = 1,
            Model = "impacts 1.0",
            Rate = 100,
            Motion = "AAAA",
        }));
}
