using Sensing.Marine.Encounters;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;
using Sensing.Steps;

namespace Sensing.Marine.Watch;

/// <summary>Pictures in; the changes that a person must know of out. Each target's encounter is brought up to date on the way.</summary>
internal sealed class Watchkeeping(MarineOptions options) : IStep<Picture, WatchChange>
{
    private readonly WatchLimits _limits = WatchLimits.Of(options);
    private readonly AnchorWatch? _anchor = options.Anchor is { } anchor ? new AnchorWatch(anchor) : null;

    public void Next(Picture item, Action<WatchChange> emit)
    {
        foreach (Target target in item.Changed)
        {
            // Lost and removed targets alarm no more.
            if (target.State is TargetState.Lost or TargetState.Removed && target.Encounter.End(item.Time))
            {
                emit(new WatchChange(item, target));
            }
        }

        foreach (Target target in item.Targets)
        {
            if (target.State is TargetState.Unconfirmed or TargetState.Confirmed && Watch(item, target) && (!target.IsMuted || target.IsDistress))
            {
                emit(new WatchChange(item, target));
            }
        }

        if (_anchor?.Next(item) == true)
        {
            emit(new WatchChange(item, null) { AnchorDistanceM = _anchor.DistanceM, IsDragging = _anchor.IsDragging });
        }
    }

    public void Break(Action<WatchChange> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("watch-1");
        _anchor?.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("watch-1");
        _anchor?.Load(state);
    }

    private bool Watch(Picture picture, Target target)
    {
        VesselState own = picture.Own, other = target.At(picture.Time);
        EncounterTrack encounter = target.Encounter;
        Assessment made = EncounterRules.Assess(in own, in other, _limits.Warning, options.RestrictedVisibility);
        bool isVessel = target.Kind is TargetKind.ClassA or TargetKind.ClassB or TargetKind.Radar;
        if (!isVessel || target.State != TargetState.Confirmed)
        {
            made = made with { Class = EncounterClass.None, Duty = EncounterDuty.None };
        }

        bool changed = encounter.Assess(picture.Time, in made, in own, in other, _limits.Warning, options.RestrictedVisibility);
        if (made.Approach is { } approach)
        {
            double age = (picture.Time - target.ReportTime).TotalSeconds;
            encounter.Uncertainty = ApproachUncertainty.Of(in own, in other, approach, picture.OwnErrorM, target.PositionErrorM, age);
            encounter.Bow = BowCrossing.Of(own.Motion!.Value, other.Motion!.Value, approach);
        }

        (AlertLevel level, AlertReason reason) = LevelOf(in own, in other, target, made.Approach);
        return encounter.Raise(picture.Time, level, reason) | changed;
    }

    private (AlertLevel Level, AlertReason Reason) LevelOf(in VesselState own, in VesselState other, Target target, ClosestApproach? closest)
    {
        if (target.IsDistress)
        {
            return (AlertLevel.Alarm, AlertReason.Distress);
        }

        if (closest is not { } approach || target.State != TargetState.Confirmed || target.Kind == TargetKind.BaseStation)
        {
            return (AlertLevel.None, AlertReason.None);
        }

        if (approach.RangeM < options.GuardZoneM && target.Kind != TargetKind.Aid)
        {
            return (AlertLevel.Alarm, AlertReason.GuardZone);
        }

        // At rest own ship can do nothing about it; the guard zone serves there.
        if (EncounterRules.OwnIsAtRest(in own) || other.SpeedMs < _limits.MinTargetSpeedMs)
        {
            return (AlertLevel.None, AlertReason.None);
        }

        return _limits.Alarm.Holds(approach) ? (AlertLevel.Alarm, AlertReason.ClosestApproach)
            : _limits.Warning.Holds(approach) ? (AlertLevel.Warning, AlertReason.ClosestApproach)
            : (AlertLevel.None, AlertReason.None);
    }
}
