using Sensing.Marine.Encounters;
using Sensing.Marine.Vessels;
using Sensing.Streams;

namespace Sensing.Marine.Watch;

/// <summary>An encounter with one target through time: a class that stays until it is past and clear, and levels that do not flicker.</summary>
/// <remarks>Rule 13(d) and rule 17: what the vessels do afterwards changes neither class nor duty. The class that the encounter began with is kept
/// while they draw apart for a time, and taken again if the risk comes back.</remarks>
internal sealed class EncounterTrack : IResumable
{
    /// <summary>A risk must last so long before it is one: single reports scatter.</summary>
    private const double ConfirmSeconds = 2;

    /// <summary>Opening for so long, the other vessel is past.</summary>
    private const double PastSeconds = 20;

    /// <summary>Without a risk for so long, the encounter is over though the vessels have not passed.</summary>
    private const double CalmSeconds = 300;

    /// <summary>An encounter that comes back within it is the same.</summary>
    private const double MemorySeconds = 1200;

    /// <summary>Levels fall after so long below their limits.</summary>
    private const double FallSeconds = 30;

    /// <summary>Limits are wider for what has begun.</summary>
    private const double Margin = 1.2;

    private EncounterClass _first;
    private DateTimeOffset? _risk, _calm, _opening, _ended, _raise, _fall;
    private double _nearestM;

    public EncounterClass Class { get; private set; }

    public EncounterDuty Duty { get; private set; }

    /// <summary>When the class was last changed.</summary>
    public DateTimeOffset? Since { get; private set; }

    public AlertLevel Level { get; private set; }

    public AlertReason Reason { get; private set; }

    public bool IsAcknowledged { get; private set; }

    /// <summary>The last assessment; not saved, for each picture makes it anew.</summary>
    public Assessment Last { get; private set; }

    /// <inheritdoc cref="Last"/>
    public ApproachUncertainty Uncertainty { get; set; }

    /// <inheritdoc cref="Last"/>
    public BowCrossing? Bow { get; set; }

    /// <summary>0 to 1: how near and how soon, against twice the limits; not saved.</summary>
    public double Risk { get; private set; }

    /// <summary>A person has seen the alarm: it is repeated only if the level rises.</summary>
    public void Acknowledge() => IsAcknowledged = Level > AlertLevel.None;

    /// <summary>Takes the next assessment.</summary>
    /// <returns>Whether class or duty has changed.</returns>
    public bool Assess(DateTimeOffset time, in Assessment made, in VesselState own, in VesselState target, RiskLimits limits, bool restricted)
    {
        Last = made;
        Risk = made.Approach is { TcpaS: > 0 } approach
            ? Math.Max(0, 1 - (approach.CpaM / (2 * limits.CpaM))) * Math.Max(0, 1 - (approach.TcpaS / (2 * limits.TcpaS))) : 0;
        (EncounterClass kind, EncounterDuty duty) = (Class, Duty);
        if (Class == EncounterClass.None)
        {
            Begin(time, made.Class);
        }
        else
        {
            Continue(time, in made, in own, in target, limits);
        }

        Duty = EncounterRules.DutyOf(Class, own.Status, target.Status, restricted);
        Since = Class != kind ? time : Since;
        return Class != kind || Duty != duty;
    }

    /// <summary>The target is lost: nothing is known of it any more.</summary>
    /// <returns>Whether class or level has changed.</returns>
    public bool End(DateTimeOffset time)
    {
        bool changed = Class != EncounterClass.None || Level != AlertLevel.None;
        Leave(time, forget: true);
        Last = default;
        (Duty, Level, Reason, _raise, _fall, IsAcknowledged, Risk) = (EncounterDuty.None, AlertLevel.None, AlertReason.None, null, null, false, 0);
        return changed;
    }

    /// <summary>Takes the level that the present would have.</summary>
    /// <returns>Whether the level has changed.</returns>
    public bool Raise(DateTimeOffset time, AlertLevel level, AlertReason reason)
    {
        if (level == Level)
        {
            (_raise, _fall, Reason) = (null, null, reason);
            return false;
        }

        if (level > Level)
        {
            _fall = null;
            _raise ??= time;

            // A beacon of distress is believed at once.
            if (reason != AlertReason.Distress && (time - _raise.Value).TotalSeconds < ConfirmSeconds)
            {
                return false;
            }

            IsAcknowledged = false;
        }
        else
        {
            _raise = null;
            _fall ??= time;
            if ((time - _fall.Value).TotalSeconds < FallSeconds)
            {
                return false;
            }
        }

        (Level, Reason, _raise, _fall) = (level, reason, null, null);
        IsAcknowledged &= level > AlertLevel.None;
        return true;
    }

    public void Save(BinaryWriter state)
    {
        state.Write((byte)_first);
        foreach (DateTimeOffset? time in (ReadOnlySpan<DateTimeOffset?>)[_risk, _calm, _opening, _ended, _raise, _fall, Since])
        {
            state.WriteOptional(time);
        }

        state.Write(_nearestM);
        state.Write((byte)Class);
        state.Write((byte)Duty);
        state.Write((byte)Level);
        state.Write((byte)Reason);
        state.Write(IsAcknowledged);
    }

    public void Load(BinaryReader state)
    {
        _first = (EncounterClass)state.ReadByte();
        _risk = state.ReadOptionalTime();
        _calm = state.ReadOptionalTime();
        _opening = state.ReadOptionalTime();
        _ended = state.ReadOptionalTime();
        _raise = state.ReadOptionalTime();
        _fall = state.ReadOptionalTime();
        Since = state.ReadOptionalTime();
        _nearestM = state.ReadDouble();
        Class = (EncounterClass)state.ReadByte();
        Duty = (EncounterDuty)state.ReadByte();
        Level = (AlertLevel)state.ReadByte();
        Reason = (AlertReason)state.ReadByte();
        IsAcknowledged = state.ReadBoolean();
    }

    private static bool HasLasted(DateTimeOffset? since, DateTimeOffset time, double seconds) =>
        since is { } begun && (time - begun).TotalSeconds >= seconds;

    private static DateTimeOffset? Mark(bool holds, DateTimeOffset? since, DateTimeOffset time) => holds ? since ?? time : null;

    private void Begin(DateTimeOffset time, EncounterClass kind)
    {
        _risk = Mark(kind != EncounterClass.None, _risk, time);
        if (HasLasted(_ended, time, MemorySeconds))
        {
            (_first, _ended) = (EncounterClass.None, null);
        }

        if (HasLasted(_risk, time, ConfirmSeconds))
        {
            _first = _first == EncounterClass.None ? kind : _first;
            (Class, _risk, _calm, _opening, _nearestM) = (_first, null, null, null, double.MaxValue);
        }
    }

    private void Continue(DateTimeOffset time, in Assessment made, in VesselState own, in VesselState target, RiskLimits limits)
    {
        double range = made.Approach?.RangeM ?? double.MaxValue;
        _nearestM = Math.Min(_nearestM, range);
        _calm = Mark(made.Approach is not { } approach || !limits.Holds(approach, Margin), _calm, time);
        _opening = Mark(made.Approach is { TcpaS: <= 0 }, _opening, time);
        if (HasLasted(_opening, time, PastSeconds) && range > Math.Min(limits.CpaM, 1.5 * _nearestM))
        {
            Leave(time, forget: true);
        }
        else if (HasLasted(_calm, time, CalmSeconds) || EncounterRules.IsAtRest(in target) || EncounterRules.IsAtRest(in own))
        {
            Leave(time, forget: false);
        }
        else if (Class == EncounterClass.CrossingStandOn && EncounterRules.HasPriority(target.Status, own.Status))
        {
            // Rule 18 goes before rule 15 from the moment the other vessel shows its status.
            Class = _first = EncounterClass.CrossingGiveWay;
        }
    }

    private void Leave(DateTimeOffset time, bool forget)
    {
        Class = EncounterClass.None;
        (_risk, _calm, _opening) = (null, null, null);
        (_first, _ended) = forget ? (EncounterClass.None, null) : (_first, (DateTimeOffset?)time);
    }
}
