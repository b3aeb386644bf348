using Sensing.Events;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;
using static Sensing.Marine.Report.Rounding;

namespace Sensing.Marine.Report;

/// <summary>A change of the watch as an event.</summary>
internal sealed class EncounterReport(MarineOptions options, StreamAddress address)
{
    public SensorEvent Of(WatchChange change) => change.Target is { } target
        ? MarineEvents.Encounter.Create(address, change.Picture.Time, target.Id, Of(change.Picture, target))
        : MarineEvents.Encounter.Create(address, change.Picture.Time, "own-ship", OfAnchor(change));

    private Encounter Of(Picture picture, Target target)
    {
        EncounterTrack encounter = target.Encounter;
        ClosestApproach? approach = encounter.Last.Approach;
        return new Encounter
        {
            Target = target.Id,
            Name = target.Name.Length > 0 ? target.Name.ToString() : null,
            Kind = target.Kind,
            Class = encounter.Class,
            Duty = encounter.Duty,
            Advice = Advice.Of(encounter, target.Reported.Status, options.RestrictedVisibility),
            Level = encounter.Level,
            Reason = encounter.Reason,
            Acknowledged = encounter.IsAcknowledged,
            CpaM = Round(approach?.CpaM, 1),
            CpaErrorM = approach is null ? null : Round(encounter.Uncertainty.CpaM, 1),
            TcpaSeconds = Round(approach?.TcpaS, 1),
            TcpaErrorSeconds = approach is null ? null : Round(encounter.Uncertainty.TcpaS, 1),
            RangeM = Round(approach?.RangeM, 1),
            BearingDeg = Degrees(approach?.BearingDeg),
            RelativeBearingDeg = Round(encounter.Last.RelativeBearingDeg, 1),
            AspectDeg = Round(encounter.Last.AspectDeg, 1),
            BowCrossingM = approach is null ? null : Round(encounter.Bow?.RangeM, 0),
            BowCrossingSeconds = approach is null ? null : Round(encounter.Bow?.TimeS, 0),
            AgeSeconds = Round((picture.Time - target.ReportTime).TotalSeconds, 1),
        };
    }

    private static Encounter OfAnchor(WatchChange change) => new()
    {
        Target = "own-ship",
        Class = EncounterClass.None,
        Duty = EncounterDuty.None,
        Advice = Advice.OfAnchor(change.IsDragging, change.AnchorDistanceM),
        Level = change.IsDragging ? AlertLevel.Alarm : AlertLevel.None,
        Reason = change.IsDragging ? AlertReason.Anchor : AlertReason.None,
        Acknowledged = false,
        RangeM = Round(change.AnchorDistanceM, 1),
    };
}
