using Sensing.Marine.Ais;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;
using Sensing.Marine.Watch;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Targets;

/// <summary>A vessel, aid or beacon about own ship.</summary>
internal sealed class Target(int key, TargetKind kind) : IResumable
{
    /// <summary>Accuracy of a position with the accuracy flag (10 m, ITU-R M.1371-5) and without it, m.</summary>
    private const double FlaggedM = 10, PlainM = 30;

    private readonly EncounterTrack _encounter = new();
    private long _first;

    /// <summary>MMSI; below 0 the number of a radar target, -1 for number 0.</summary>
    public int Key { get; } = key;

    public TargetKind Kind { get; private set; } = kind;

    public TargetState State { get; private set; }

    public AisText Name { get; private set; }

    public AisText CallSign { get; private set; }

    public int ShipType { get; private set; }

    /// <summary>Length and beam, m; 0: unknown.</summary>
    public int LengthM { get; private set; }

    /// <inheritdoc cref="LengthM"/>
    public int BeamM { get; private set; }

    /// <summary>What the last reports said, where it was at <see cref="ReportTime"/>.</summary>
    public VesselState Reported { get; private set; } = new() { Status = NavigationStatus.Undefined };

    public DateTimeOffset ReportTime { get; private set; }

    public double PositionErrorM { get; private set; } = PlainM;

    public int Reports { get; private set; }

    /// <summary>Own ship's radar sees it too.</summary>
    public DateTimeOffset? RadarTime { get; private set; }

    public bool IsMuted { get; set; }

    public EncounterTrack Encounter => _encounter;

    public bool IsDistress => Kind is TargetKind.Sart or TargetKind.Mob or TargetKind.Epirb;

    /// <summary>The key as events name it.</summary>
    public string Id => Key >= 0 ? Key.ToString("D9") : $"radar-{-1 - Key}";

    /// <summary>A position report of AIS.</summary>
    public void Take(AisMessage message, TargetKind kind, DateTimeOffset time)
    {
        Kind = kind;
        Reported = AisReport.StateOf(message, kind == TargetKind.ClassB ? NavigationStatus.Undefined : Reported.Status);
        PositionErrorM = message.Accuracy == 1 ? FlaggedM : PlainM;
        CountReport(time);
        if (message.Type is 19 or 21)
        {
            TakeNames(message);
        }
    }

    /// <summary>Name, kind of ship and size, of messages 5, 19, 21 and 24.</summary>
    public void TakeNames(AisMessage m)
    {
        if (m.Name.Length > 0)
        {
            Name = m.Name;
        }

        if (m.Type is 5 || (m.Type == 24 && m.PartNumber == 1))
        {
            CallSign = m.CallSign;
        }

        if (m.Type is 5 or 19 || (m.Type == 24 && m.PartNumber == 1))
        {
            ShipType = m.ShipType;
        }

        if (m.Type is 5 or 19 or 21 || (m.Type == 24 && m.PartNumber == 1 && m.MothershipMmsi == 0))
        {
            (LengthM, BeamM) = (m.ToBow + m.ToStern, m.ToPort + m.ToStarboard);
        }
    }

    /// <summary>It has been heard, without a position.</summary>
    public void Hear(DateTimeOffset time) => ReportTime = time;

    /// <summary>A target of the radar.</summary>
    /// <param name="position">Where it is.</param>
    /// <param name="speedMs">Null: the radar does not know yet, or reports positions alone.</param>
    /// <param name="courseDeg">° true.</param>
    /// <param name="errorM">Error of the position, m.</param>
    /// <param name="time">Now.</param>
    public void TakeRadar(GeoPosition position, double? speedMs, double? courseDeg, double errorM, DateTimeOffset time)
    {
        RadarTime = time;
        if (Kind != TargetKind.Radar)
        {
            Fuse(position, errorM, time);
            return;
        }

        (double? speed, double? course) = (speedMs, courseDeg);
        if (speed is null && Reported.Position is { } before && (time - ReportTime).TotalSeconds is var seconds and >= 1)
        {
            // Positions alone: their difference, smoothed, for a radar's positions scatter.
            double raw = Geodesic.Distance(before, position) / seconds, old = Reported.SpeedMs ?? raw;
            speed = old + (0.3 * (raw - old));
            double direction = Geodesic.Bearing(before, position);
            course = Reported.CourseDeg is { } last ? Angle.Positive(last + (0.3 * Angle.Signed(direction - last))) : direction;
        }

        Reported = new VesselState { Position = position, SpeedMs = speed, CourseDeg = course, Status = NavigationStatus.Undefined };
        PositionErrorM = errorM;
        CountReport(time);
    }

    /// <summary>The vessel at a time, moved on from its last report.</summary>
    public VesselState At(DateTimeOffset time) => Reported.Motion is { } motion
        ? Reported with { Position = motion.After((time - ReportTime).TotalSeconds).Position }
        : Reported;

    /// <summary>Sets the state by the age of the last report.</summary>
    /// <returns>Whether it has changed.</returns>
    public bool Age(DateTimeOffset time)
    {
        TargetTimes times = TargetTimes.Of(Kind);
        double age = (time - ReportTime).TotalSeconds;
        TargetState state = age > times.RemovedS ? TargetState.Removed
            : age > times.LostS ? TargetState.Lost
            : State == TargetState.Confirmed || Reports >= times.Reports ? TargetState.Confirmed
            : TargetState.Unconfirmed;
        bool changed = state != State;
        State = state;
        return changed;
    }

    public void Save(BinaryWriter state)
    {
        state.Write((byte)State);
        state.WriteArray(Name.Span);
        state.WriteArray(CallSign.Span);
        state.Write(ShipType);
        state.Write(LengthM);
        state.Write(BeamM);
        VesselState reported = Reported;
        state.Write(in reported);
        state.WriteTime(ReportTime);
        state.Write(PositionErrorM);
        state.Write(Reports);
        state.Write(_first);
        state.WriteOptional(RadarTime);
        state.Write(IsMuted);
        _encounter.Save(state);
    }

    public void Load(BinaryReader state)
    {
        State = (TargetState)state.ReadByte();
        Name = AisText.Of(state.ReadArray<byte>(AisText.MaxLength));
        CallSign = AisText.Of(state.ReadArray<byte>(AisText.MaxLength));
        ShipType = state.ReadInt32();
        LengthM = state.ReadInt32();
        BeamM = state.ReadInt32();
        Reported = state.ReadVessel();
        ReportTime = state.ReadTime();
        PositionErrorM = state.ReadDouble();
        Reports = state.ReadInt32();
        _first = state.ReadInt64();
        RadarTime = state.ReadOptionalTime();
        IsMuted = state.ReadBoolean();
        _encounter.Load(state);
    }

    /// <summary>The radar's position weighed against where AIS has the vessel by now: the one that is likely to be off by less counts for more.</summary>
    private void Fuse(GeoPosition position, double errorM, DateTimeOffset time)
    {
        if (At(time).Position is not { } expected)
        {
            return;
        }

        double age = (time - ReportTime).TotalSeconds;
        double predicted = Math.Sqrt((PositionErrorM * PositionErrorM) + Math.Pow(ApproachUncertainty.SpeedErrorMs * age, 2));
        double weight = predicted * predicted / ((predicted * predicted) + (errorM * errorM));
        GeoPosition fused = Geodesic.Move(expected, Geodesic.Bearing(expected, position), weight * Geodesic.Distance(expected, position));
        Reported = Reported with { Position = fused };
        PositionErrorM = Math.Sqrt((1 - weight) * predicted * predicted);
        ReportTime = time;
    }

    private void CountReport(DateTimeOffset time)
    {
        // A series of reports that took too long begins anew.
        if (State == TargetState.Unconfirmed && _first < time.UtcTicks - (long)(TargetTimes.Of(Kind).WithinS * TimeSpan.TicksPerSecond))
        {
            (_first, Reports) = (time.UtcTicks, 0);
        }

        State = State == TargetState.Lost ? TargetState.Unconfirmed : State;
        ReportTime = time;
        Reports = Math.Min(Reports + 1, int.MaxValue - 1);
    }
}
