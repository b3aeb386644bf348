using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;
using Sensing.Marine.Watch;
using Sensing.Steps;
using static Sensing.Marine.Report.Rounding;

namespace Sensing.Marine.Report;

/// <summary>Own ship and targets at intervals, and targets when their state changes.</summary>
internal sealed class Telemetry(MarineOptions options, StreamAddress address) : IStep<Picture, SensorEvent>
{
    private const double RadarSeconds = 20;

    private readonly MarineReportOptions _report = options.Report;
    private readonly WatchLimits _limits = WatchLimits.Of(options);
    private readonly List<Target> _ranked = [];
    private DateTimeOffset _nextOwn, _nextTargets;

    public void Next(Picture item, Action<SensorEvent> emit)
    {
        if (item.Time >= _nextOwn)
        {
            _nextOwn = item.Time.AddSeconds(_report.OwnShipSeconds);
            emit(MarineEvents.OwnShip.Create(address, item.Time, "", Own(item)));
        }

        bool all = item.Time >= _nextTargets;
        if (all)
        {
            _nextTargets = item.Time.AddSeconds(_report.TargetSeconds);
        }

        if (!all && item.Changed.Count == 0)
        {
            return;
        }

        Rank(item);
        for (int i = 0; i < _ranked.Count; i++)
        {
            if (all || item.Changed.Contains(_ranked[i]))
            {
                emit(MarineEvents.Target.Create(address, item.Time, _ranked[i].Id, Of(_ranked[i], i + 1, item.Time)));
            }
        }
    }

    public void Break(Action<SensorEvent> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.WriteTime(_nextOwn);
        state.WriteTime(_nextTargets);
    }

    public void Load(BinaryReader state)
    {
        _nextOwn = state.ReadTime();
        _nextTargets = state.ReadTime();
    }

    /// <summary>By level, then by risk, then by range: what a person should look at first comes first.</summary>
    private void Rank(Picture picture)
    {
        _ranked.Clear();
        _ranked.AddRange(picture.Targets.Concat(picture.Changed.Where(target => target.State == TargetState.Removed))
            .Where(target => target.Reported.Position is not null && (target.Encounter.Last.Approach?.RangeM ?? 0) <= _report.TargetRangeM)
            .OrderByDescending(target => target.Encounter.Level)
            .ThenByDescending(target => target.Encounter.Risk)
            .ThenBy(target => target.Encounter.Last.Approach?.RangeM ?? double.MaxValue)
            .ThenBy(target => target.Key));
    }

    private OwnShipReport Own(Picture picture) => new()
    {
        Mmsi = picture.OwnMmsi > 0 ? picture.OwnMmsi : null,
        Latitude = Round(picture.Own.Position?.LatitudeDeg, 6),
        Longitude = Round(picture.Own.Position?.LongitudeDeg, 6),
        SpeedKn = Knots(picture.Own.SpeedMs),
        CourseDeg = Degrees(picture.Own.CourseDeg),
        HeadingDeg = Degrees(picture.Own.HeadingDeg),
        TurnDegMin = Round(picture.Own.TurnDegMin, 1),
        Status = picture.Own.Status,
        Targets = picture.Targets.Count,
        Alerts = picture.Targets.Count(target => target.Encounter.Level > AlertLevel.None),
        WarningCpaM = Round(_limits.Warning.CpaM, 1)!.Value,
        AlarmCpaM = Round(_limits.Alarm.CpaM, 1)!.Value,
        GuardZoneM = options.GuardZoneM,
    };

    private static TrackedTarget Of(Target target, int rank, DateTimeOffset time)
    {
        VesselState state = target.At(time);
        ClosestApproach? approach = target.Encounter.Last.Approach;
        return new TrackedTarget
        {
            Target = target.Id,
            Name = target.Name.Length > 0 ? target.Name.ToString() : null,
            CallSign = target.CallSign.Length > 0 ? target.CallSign.ToString() : null,
            Kind = target.Kind,
            State = target.State,
            ShipType = target.ShipType > 0 ? target.ShipType : null,
            LengthM = target.LengthM > 0 ? target.LengthM : null,
            Status = state.Status,
            Latitude = Round(state.Position?.LatitudeDeg, 6),
            Longitude = Round(state.Position?.LongitudeDeg, 6),
            SpeedKn = Knots(state.SpeedMs),
            CourseDeg = Degrees(state.CourseDeg),
            HeadingDeg = Degrees(state.HeadingDeg),
            AgeSeconds = Round((time - target.ReportTime).TotalSeconds, 1)!.Value,
            OnRadar = target.RadarTime is { } radar && (time - radar).TotalSeconds <= RadarSeconds,
            RangeM = Round(approach?.RangeM, 1),
            BearingDeg = Degrees(approach?.BearingDeg),
            CpaM = Round(approach?.CpaM, 1),
            CpaErrorM = approach is null ? null : Round(target.Encounter.Uncertainty.CpaM, 1),
            TcpaSeconds = Round(approach?.TcpaS, 1),
            TcpaErrorSeconds = approach is null ? null : Round(target.Encounter.Uncertainty.TcpaS, 1),
            BowCrossingM = approach is null ? null : Round(target.Encounter.Bow?.RangeM, 0),
            BowCrossingSeconds = approach is null ? null : Round(target.Encounter.Bow?.TimeS, 0),
            Class = target.Encounter.Class,
            Level = target.Encounter.Level,
            Rank = rank,
        };
    }
}
