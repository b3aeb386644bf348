using Sensing.Marine.Navigation;
using Sensing.Marine.Vessels;
using Sensing.Steps;

namespace Sensing.Marine.Targets;

/// <summary>Readings in, a picture of own ship and its targets out: at most one a second of event time.</summary>
internal sealed class Tracking(MarineOptions options) : IStep<NavigationReading, Picture>
{
    /// <summary>Errors of own position by GNSS and by the transponder's rounded report, m.</summary>
    private const double GnssErrorM = 10, TransponderErrorM = 30;

    private readonly OwnShip _own = new();
    private readonly TargetTable _targets = new(options.MaxTargets);
    private readonly HashSet<int> _muted = [.. options.MutedMmsi];
    private readonly Picture _picture = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    private int OwnMmsi => options.Mmsi ?? _own.Mmsi;

    public void Next(NavigationReading item, Action<Picture> emit)
    {
        if (item.Time >= _next)
        {
            // Everything before this second is known; this line belongs to the next picture.
            if (_next > DateTimeOffset.MinValue)
            {
                emit(PictureAt(_next));
            }

            _next = Whole(item.Time).AddSeconds(1);
        }

        Take(item);
    }

    /// <summary>The end of the recording: the last picture.</summary>
    public void Break(Action<Picture> emit)
    {
        if (_next > DateTimeOffset.MinValue)
        {
            emit(PictureAt(_next));
            _next = DateTimeOffset.MinValue;
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("tracking-1");
        state.WriteTime(_next);
        _own.Save(state);
        _targets.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("tracking-1");
        _next = state.ReadTime();
        _own.Load(state);
        _targets.Load(state);
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private void Take(NavigationReading item)
    {
        switch (item.Kind)
        {
            case ReadingKind.Ais when item.Message.IsOwn:
                _own.Take(item.Message, item.Time);
                break;
            case ReadingKind.Ais when item.Message.Mmsi != OwnMmsi:
                _targets.Take(item.Message, item.Time);
                break;
            case ReadingKind.RadarTarget or ReadingKind.RadarPosition:
                _targets.Take(item, _own.At(item.Time));
                break;
            case ReadingKind.Command when _targets.Find(item.Target) is { } target:
                Obey(item.Command, target);
                break;
            default:
                _own.Take(item);
                break;
        }
    }

    private static void Obey(TargetCommand command, Target target)
    {
        if (command == TargetCommand.Acknowledge)
        {
            target.Encounter.Acknowledge();
        }
        else
        {
            target.IsMuted = command == TargetCommand.Mute;
        }
    }

    private Picture PictureAt(DateTimeOffset time)
    {
        VesselState own = _own.At(time);
        _picture.Time = time;
        _picture.OwnMmsi = OwnMmsi;
        _picture.Own = options.Profile == WatchProfile.Anchor && own.Status is NavigationStatus.UnderWayEngine
            ? own with { Status = NavigationStatus.AtAnchor } : own;
        _picture.OwnErrorM = _own.IsByTransponder ? TransponderErrorM : GnssErrorM;
        _picture.Changed = _targets.Age(time);
        _picture.Targets = [.. _targets.All.Where(target => !_muted.Contains(target.Key) || target.IsDistress)];
        return _picture;
    }
}
