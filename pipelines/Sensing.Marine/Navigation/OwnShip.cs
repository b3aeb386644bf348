using Sensing.Marine.Ais;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Navigation;

/// <summary>Own ship as its instruments report it. Each value holds for a while; one that is not renewed is unknown.</summary>
/// <remarks>Instruments go before own ship's AIS transponder (VDO), whose messages come seldom and rounded.</remarks>
internal sealed class OwnShip : IResumable
{
    /// <summary>Instruments report at least once in 2 s; AIS of a moored vessel every 3 min.</summary>
    private const double InstrumentSeconds = 10, TransponderSeconds = 190;

    private Held _position, _speed, _course, _heading, _turn;
    private GeoPosition _place;
    private int _status = NavigationStatus.UnderWayEngine;

    /// <summary>Its MMSI, where a VDO message has named it; 0: unknown.</summary>
    public int Mmsi { get; private set; }

    /// <summary>The position comes from the transponder alone.</summary>
    public bool IsByTransponder => _position.IsTransponder;

    public void Take(NavigationReading reading)
    {
        switch (reading.Kind)
        {
            case ReadingKind.Position:
                _place = reading.Position;
                _position = new Held(0, reading.Time, false);
                Motion(reading);
                break;
            case ReadingKind.Course:
                Motion(reading);
                break;
            case ReadingKind.Log when reading.SpeedMs is { } speed && !_speed.Holds(reading.Time):
                _speed = new Held(speed, reading.Time, false);
                break;
            case ReadingKind.Heading:
                _heading = new Held(reading.HeadingDeg!.Value, reading.Time, false);
                break;
            case ReadingKind.Turn:
                _turn = new Held(reading.TurnDegMin!.Value, reading.Time, false);
                break;
        }
    }

    /// <summary>A message of own ship's transponder.</summary>
    public void Take(AisMessage message, DateTimeOffset time)
    {
        Mmsi = message.Mmsi;
        if (!AisReport.HasPosition(message))
        {
            return;
        }

        VesselState sent = AisReport.StateOf(message, NavigationStatus.Undefined);
        _status = message.Type <= 3 ? message.Status : _status;
        if (sent.Position is { } position && !_position.HoldsFromInstruments(time))
        {
            _place = position;
            _position = new Held(0, time, true);
        }

        Transponder(ref _speed, sent.SpeedMs, time);
        Transponder(ref _course, sent.CourseDeg, time);
        Transponder(ref _heading, sent.HeadingDeg, time);
        Transponder(ref _turn, sent.TurnDegMin, time);
    }

    /// <summary>Own ship at a time, moved on from its last position.</summary>
    public VesselState At(DateTimeOffset time)
    {
        var state = new VesselState
        {
            Position = _position.Holds(time) ? _place : null,
            SpeedMs = _speed.At(time),
            CourseDeg = _course.At(time),
            HeadingDeg = _heading.At(time),
            TurnDegMin = _turn.At(time),
            Status = _status,
        };
        return state.Motion is { } motion ? state with { Position = motion.After(AgeS(time)).Position } : state;
    }

    /// <summary>Age of the position, s.</summary>
    public double AgeS(DateTimeOffset time) => (time - _position.Time).TotalSeconds;

    public void Save(BinaryWriter state)
    {
        state.Mark("own-ship-1");
        state.Write(Mmsi);
        state.Write(_status);
        state.Write(_place.LatitudeDeg);
        state.Write(_place.LongitudeDeg);
        foreach (Held held in (ReadOnlySpan<Held>)[_position, _speed, _course, _heading, _turn])
        {
            state.Write(held.Value);
            state.WriteTime(held.Time);
            state.Write(held.IsTransponder);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("own-ship-1");
        Mmsi = state.ReadInt32();
        _status = state.ReadInt32();
        _place = new GeoPosition(state.ReadDouble(), state.ReadDouble());
        _position = ReadHeld(state);
        _speed = ReadHeld(state);
        _course = ReadHeld(state);
        _heading = ReadHeld(state);
        _turn = ReadHeld(state);
    }

    private static Held ReadHeld(BinaryReader state) => new(state.ReadDouble(), state.ReadTime(), state.ReadBoolean());

    private static void Transponder(ref Held held, double? value, DateTimeOffset time)
    {
        if (value is { } sent && !held.HoldsFromInstruments(time))
        {
            held = new Held(sent, time, true);
        }
    }

    private void Motion(NavigationReading reading)
    {
        if (reading.SpeedMs is { } speed)
        {
            _speed = new Held(speed, reading.Time, false);
        }

        if (reading.CourseDeg is { } course)
        {
            _course = new Held(course, reading.Time, false);
        }
    }

    private readonly record struct Held(double Value, DateTimeOffset Time, bool IsTransponder)
    {
        public bool Holds(DateTimeOffset time) => (time - Time).TotalSeconds <= (IsTransponder ? TransponderSeconds : InstrumentSeconds);

        public bool HoldsFromInstruments(DateTimeOffset time) => !IsTransponder && Holds(time);

        public double? At(DateTimeOffset time) => Holds(time) ? Value : null;
    }
}
