using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Finds a camera that is dead, frozen, covered or moved.</summary>
/// <remarks>Dead and frozen follow from frames alone; covered and moved compare with the usual view, which is learnt from
/// the first minute and follows the light of the day.</remarks>
public sealed class CameraFaultDetection : IResumable
{
    private readonly CameraFaultOptions _options;
    private readonly FrozenPicture _frozen;
    private readonly UsualView _view;

    // First sign of each fault while it lasts, and whether it has been reported.
    private readonly DateTimeOffset?[] _since = new DateTimeOffset?[4];
    private readonly bool[] _reported = new bool[4];

    // When a fault's sign vanished, while it is being made sure that it stays so.
    private readonly DateTimeOffset?[] _good = new DateTimeOffset?[4];
    private DateTimeOffset? _last;

    public CameraFaultDetection(CameraFaultOptions options, int width, int height)
    {
        _options = options;
        _frozen = new FrozenPicture(width, height);
        _view = new UsualView(width, height);
    }

    /// <summary>Whether a fault has been reported and not ended.</summary>
    public bool IsFaulty(CameraFaultKind kind) => _reported[(int)kind];

    /// <summary>Takes a frame; faults that it makes certain, or ends, go to <paramref name="emit"/> with their time.</summary>
    public void Next(Frame frame, Action<DateTimeOffset, CameraFault> emit)
    {
        DateTimeOffset time = frame.Time;
        if (_last is { } last && (time - last).TotalSeconds >= _options.DeadSeconds)
        {
            Absent(last.AddSeconds(_options.DeadSeconds), emit);
        }

        Alive(_last, time, emit);
        _last = time;
        Judge(CameraFaultKind.Frozen, _frozen.Next(frame), _options.FrozenSeconds, 0, time, emit);
        _view.Next(frame);
        Judge(CameraFaultKind.Covered, _view.Hidden, _options.CoveredSeconds, 2, time, emit);
        bool hidden = _since[(int)CameraFaultKind.Covered] is not null;
        Judge(CameraFaultKind.Moved, _view.Foreign && !hidden, _options.MovedSeconds, 5, time, emit);
        if (_since.All(since => since is null))
        {
            _view.Learn();
        }
    }

    /// <summary>No frame has come for so long on the caller's clock. The fault is the one that the next frame would report, and as of the same time.</summary>
    public void Silent(TimeSpan silence, Action<DateTimeOffset, CameraFault> emit)
    {
        if (_last is { } last && silence.TotalSeconds >= _options.DeadSeconds)
        {
            Absent(last.AddSeconds(_options.DeadSeconds), emit);
        }
    }

    /// <summary>No frame has come until a time: what the source reports, or a clock of the caller.</summary>
    public void Absent(DateTimeOffset until, Action<DateTimeOffset, CameraFault> emit)
    {
        const int Dead = (int)CameraFaultKind.Dead;
        if (_reported[Dead] || (_last is { } seen && (until - seen).TotalSeconds < _options.DeadSeconds))
        {
            return;
        }

        _since[Dead] = _last ?? until;
        _reported[Dead] = true;
        emit(until, new CameraFault
        {
            Kind = CameraFaultKind.Dead,
            Phase = CameraFaultPhase.Begin,
            Since = _since[Dead]!.Value,
            Detail = _last is null
                ? "The camera has not delivered a frame yet."
                : FormattableString.Invariant($"No frame for {(until - _last.Value).TotalSeconds:0.#} s."),
        });
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("camera-faults-1");
        state.Write(_last?.UtcTicks ?? -1);
        for (int i = 0; i < _since.Length; i++)
        {
            state.Write(_since[i]?.UtcTicks ?? -1);
            state.Write(_good[i]?.UtcTicks ?? -1);
            state.Write(_reported[i]);
        }

        _frozen.Save(state);
        _view.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("camera-faults-1");
        _last = Time(state.ReadInt64());
        for (int i = 0; i < _since.Length; i++)
        {
            _since[i] = Time(state.ReadInt64());
            _good[i] = Time(state.ReadInt64());
            _reported[i] = state.ReadBoolean();
        }

        _frozen.Load(state);
        _view.Load(state);
    }

    private static DateTimeOffset? Time(long ticks) => ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    private string Begins(CameraFaultKind kind) => kind switch
    {
        CameraFaultKind.Frozen => "The picture is the same in every frame, noise included.",
        CameraFaultKind.Covered => FormattableString.Invariant(
            $"The structure of the usual view is gone in {100 * _view.HiddenShare:0} % of the picture."),
        _ => _view.Displacement() is var (x, y)
            ? FormattableString.Invariant($"The view has moved by about {x:0} pixels to the right and {y:0} down.")
            : "The view does not resemble the usual one.",
    };

    private static string Ends(CameraFaultKind kind) => kind switch
    {
        CameraFaultKind.Dead => "Frames arrive again.",
        CameraFaultKind.Frozen => "The picture changes again.",
        _ => "The view is the usual one again.",
    };

    private void Alive(DateTimeOffset? last, DateTimeOffset time, Action<DateTimeOffset, CameraFault> emit)
    {
        const int Dead = (int)CameraFaultKind.Dead;
        if (_reported[Dead])
        {
            // A network may deliver late what the camera sent in time: an end is never before its begin.
            DateTimeOffset? begin = last?.AddSeconds(_options.DeadSeconds);
            End(CameraFaultKind.Dead, time < begin ? begin.Value : time, emit);
        }
    }

    private void Judge(
        CameraFaultKind kind, bool sign, double after, double endAfter, DateTimeOffset time,
        Action<DateTimeOffset, CameraFault> emit)
    {
        int index = (int)kind;
        if (sign)
        {
            _good[index] = null;
            _since[index] ??= time;
            if (!_reported[index] && (time - _since[index]!.Value).TotalSeconds >= after)
            {
                _reported[index] = true;
                emit(time, new CameraFault
                {
                    Kind = kind,
                    Phase = CameraFaultPhase.Begin,
                    Since = _since[index]!.Value,
                    Detail = Begins(kind),
                });
            }

            return;
        }

        if (!_reported[index])
        {
            _since[index] = null;
            return;
        }

        _good[index] ??= time;
        if ((time - _good[index]!.Value).TotalSeconds >= endAfter)
        {
            End(kind, time, emit);
        }
    }

    private void End(CameraFaultKind kind, DateTimeOffset time, Action<DateTimeOffset, CameraFault> emit)
    {
        int index = (int)kind;
        DateTimeOffset since = _since[index] ?? time;
        _since[index] = null;
        _good[index] = null;
        _reported[index] = false;
        emit(time, new CameraFault { Kind = kind, Phase = CameraFaultPhase.End, Since = since, Detail = Ends(kind) });
    }
}
