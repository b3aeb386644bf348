using Sensing.Marine.Ais;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Navigation;
using Sensing.Marine.Vessels;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Targets;

/// <summary>All targets. When the table is full, the target with the oldest report makes room.</summary>
internal sealed class TargetTable(int most) : IResumable
{
    /// <summary>Errors of a radar: 1 % of the range or 30 m (IMO MSC.192(79), 5.3.1.3: range within 1 % or 30 m, bearing within 1°).</summary>
    private const double RangeError = 0.01, LeastErrorM = 30;

    /// <summary>A radar target within so many standard deviations of an AIS target is that vessel.</summary>
    private const double Gate = 3;

    private readonly SortedDictionary<int, Target> _targets = [];
    private readonly List<Target> _changed = [];
    private readonly List<Target> _removed = [];

    public IReadOnlyCollection<Target> All => _targets.Values;

    public Target? Find(int key) => _targets.GetValueOrDefault(key);

    /// <summary>Takes an AIS message of another station.</summary>
    public void Take(AisMessage message, DateTimeOffset time)
    {
        if (AisReport.HasPosition(message))
        {
            TargetKind kind = KindOf(message);
            if (message.Type == 11 || !AisReport.IsPossible(message))
            {
                return;
            }

            At(message.Mmsi, kind).Take(message, kind, time);
        }
        else if (message.Type is 5 or 24 && Find(message.Mmsi) is { } known)
        {
            known.TakeNames(message);
        }
        else if (message.Type is 5 or 24)
        {
            // Named before it is placed: it is kept like any other, and aged from now.
            Target target = At(message.Mmsi, message.Type == 5 ? TargetKind.ClassA : TargetKind.ClassB);
            target.TakeNames(message);
            target.Hear(time);
        }
    }

    /// <summary>Takes a target of the radar.</summary>
    public void Take(NavigationReading reading, in VesselState own)
    {
        int key = -1 - reading.Target;
        if (reading.IsLost)
        {
            return;
        }

        GeoPosition position;
        double error = LeastErrorM;
        double? course = reading.CourseDeg;
        if (reading.Kind == ReadingKind.RadarPosition)
        {
            position = reading.Position;
        }
        else
        {
            // Bearings are from the heading line; without a heading a relative one says nothing.
            double? turned = reading.IsRelative ? own.BowDeg : 0;
            if (own.Position is not { } here || turned is not { } axis)
            {
                return;
            }

            position = Geodesic.Move(here, reading.BearingDeg + axis, reading.RangeM);
            course = reading.CourseDeg is { } relative ? Angle.Positive(relative + axis) : null;
            error = Math.Max(LeastErrorM, Math.Max(RangeError, Angle.Radians(1)) * reading.RangeM);
        }

        Target? ais = Nearest(position, error, reading.Time);
        if (ais is not null)
        {
            _targets.Remove(key);
        }

        (ais ?? At(key, TargetKind.Radar)).TakeRadar(position, reading.SpeedMs, course, error, reading.Time);
    }

    /// <summary>Ages all targets, and gives those whose state has changed; removed ones are forgotten.</summary>
    public IReadOnlyList<Target> Age(DateTimeOffset time)
    {
        _changed.Clear();
        _removed.Clear();
        foreach (Target target in _targets.Values)
        {
            if (target.Age(time))
            {
                _changed.Add(target);
                if (target.State == TargetState.Removed)
                {
                    _removed.Add(target);
                }
            }
        }

        foreach (Target target in _removed)
        {
            _targets.Remove(target.Key);
        }

        return _changed;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("targets-1");
        state.Write(_targets.Count);
        foreach (Target target in _targets.Values)
        {
            state.Write(target.Key);
            state.Write((byte)target.Kind);
            target.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("targets-1");
        int count = state.ReadInt32();
        if (count < 0 || count > most)
        {
            throw new InvalidDataException($"The saved state claims {count} targets; at most {most} are possible.");
        }

        _targets.Clear();
        for (int i = 0; i < count; i++)
        {
            var target = new Target(state.ReadInt32(), (TargetKind)state.ReadByte());
            target.Load(state);
            _targets[target.Key] = target;
        }
    }

    /// <summary>ITU-R M.585: 970, 972 and 974 are devices of distress.</summary>
    private static TargetKind KindOf(AisMessage message) => (message.Mmsi / 1_000_000) switch
    {
        970 => TargetKind.Sart,
        972 => TargetKind.Mob,
        974 => TargetKind.Epirb,
        _ => message.Type switch
        {
            4 or 11 => TargetKind.BaseStation,
            9 => TargetKind.SarAircraft,
            18 or 19 => TargetKind.ClassB,
            21 => TargetKind.Aid,
            _ => TargetKind.ClassA,
        },
    };

    private Target At(int key, TargetKind kind)
    {
        if (_targets.TryGetValue(key, out Target? target))
        {
            return target;
        }

        if (_targets.Count >= most)
        {
            _targets.Remove(_targets.Values.MinBy(one => one.ReportTime)!.Key);
        }

        return _targets[key] = new Target(key, kind);
    }

    private Target? Nearest(GeoPosition position, double errorM, DateTimeOffset time)
    {
        Target? nearest = null;
        double least = 1;
        foreach (Target target in _targets.Values)
        {
            if (target.Kind is TargetKind.ClassA or TargetKind.ClassB && target.State == TargetState.Confirmed && target.At(time).Position is { } place)
            {
                double age = (time - target.ReportTime).TotalSeconds;
                double gate = Gate * (errorM + target.PositionErrorM + (Watch.ApproachUncertainty.SpeedErrorMs * age));
                double off = Geodesic.Distance(place, position) / gate;
                if (off < least)
                {
                    (least, nearest) = (off, target);
                }
            }
        }

        return nearest;
    }
}
