using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Controls one junction: readings in, plans out.</summary>
/// <remarks>
/// Pure and advanced by event time alone. In this order: an emergency vehicle, recovery after it, a group that has been red for too long,
/// the fixed plan where readings cannot be used, the configured rule. Each of them only asks; <see cref="SignalGuard"/> decides.
/// A gap or a jump of the clock counts as no time: what is shown stays, and a change under way is not shortened.
/// </remarks>
public sealed partial class SignalController : IResumable
{
    /// <summary>Steps of time beyond this are a gap or a jump of the clock, and those back by more than this are a jump too, s.</summary>
    public const double LongestStepSeconds = 10;

    private static readonly long LongestStep = JunctionLayout.Ticks(LongestStepSeconds);
    private static readonly long DecisionStep = TimeSpan.TicksPerSecond;

    private readonly JunctionLayout _layout;
    private readonly SignalGuard _lamps;
    private readonly JunctionTraffic _traffic;
    private readonly Preemption _preemption;
    private readonly FixedRule _fixed;
    private readonly ISignalRule? _rule;
    private readonly long[] _redSince;
    private DateTimeOffset? _time;
    private long _nextDecision;
    private long _nextReport;
    private long _usableSince = -1;
    private bool _preempted;
    private bool _recovering;
    private SignalMode _mode = SignalMode.Start;
    private string _reason = "all red before the first phase";
    private string? _fallback;

    /// <param name="options">The junction, validated.</param>
    /// <exception cref="ArgumentException">Two conflicting groups are open together.</exception>
    public SignalController(JunctionOptions options)
    {
        _layout = new JunctionLayout(options);
        _lamps = new SignalGuard(_layout, _layout.Splits[0].Phase);
        _traffic = new JunctionTraffic(_layout);
        _preemption = new Preemption(_layout);
        _fixed = new FixedRule(_layout);
        _rule = options.Rule switch
        {
            SignalRuleKind.MaxPressure => new MaxPressureRule(_layout),
            SignalRuleKind.Webster => new WebsterRule(_layout),
            _ => null,
        };
        _redSince = new long[_layout.Groups];
    }

    /// <summary>Event time that the signals have reached; null before the first reading.</summary>
    public DateTimeOffset? Time => _time;

    /// <summary>What a group shows.</summary>
    public SignalAspect Aspect(int group) => _lamps.Aspect(group);

    /// <summary>Takes a reading. It counts from the next step of time on.</summary>
    public void Accept(ApproachReading reading)
    {
        _traffic.Take(reading, _lamps);
        _preemption.Take(reading, _lamps.Clock, _time ?? reading.Time);
    }

    /// <summary>Moves time on and decides once a second on the way.</summary>
    /// <param name="time">Event time.</param>
    /// <param name="emit">Takes a plan at each change, at the time of the change, and at least every <c>reportSeconds</c>.</param>
    public void Advance(DateTimeOffset time, Action<DateTimeOffset, SignalPlan> emit)
    {
        long step = _time is { } last ? (time - last).Ticks : 0;
        if (_time is null || step > LongestStep || step < -LongestStep)
        {
            // The first reading, a gap or a jump: nothing is known about the time between, so none has passed.
            _time = time;
            _nextDecision = _lamps.Clock;
            _nextReport = _lamps.Clock;
            step = 0;
        }

        // A little late: the signals have been there already.
        step = Math.Max(0, step);
        while (true)
        {
            if (_lamps.Clock >= _nextDecision)
            {
                _nextDecision = _lamps.Clock + DecisionStep;
                Watch(() => Decide(), emit);
            }

            if (_lamps.Clock >= _nextReport)
            {
                Report(emit);
            }

            if (step <= 0)
            {
                return;
            }

            long part = Math.Min(Math.Min(step, _nextDecision - _lamps.Clock), Math.Max(1, Math.Min(_lamps.Remaining, _nextReport - _lamps.Clock)));
            step -= part;
            Watch(() => _lamps.Advance(part), emit, part);
        }
    }

    /// <summary>The plan now.</summary>
    public SignalPlan Plan() => new()
    {
        Junction = _layout.Options.Name,
        Phase = PhaseName(_lamps.Phase),
        NextPhase = _lamps.Target == _lamps.Phase ? null : PhaseName(_lamps.Target),
        Stage = _lamps.Stage,
        ElapsedSeconds = Seconds(_lamps.Elapsed),
        Mode = _mode,
        Reason = _reason,
        Fallback = _fallback,
        Groups = [.. _layout.Options.Groups.Select((g, i) => new SignalGroupState { Group = g.Name, Aspect = _lamps.Aspect(i) })],
        Next = Ahead(),
    };

    public void Save(BinaryWriter state)
    {
        state.Mark("signal-controller-1");
        _lamps.Save(state);
        _traffic.Save(state);
        _preemption.Save(state);
        _rule?.Save(state);
        state.WriteArray<long>(_redSince);
        state.Write(_time is not null);
        state.WriteTime(_time ?? DateTimeOffset.UnixEpoch);
        state.WriteArray<long>([_nextDecision, _nextReport, _usableSince]);
        state.Write(_preempted);
        state.Write(_recovering);
        state.Write((byte)_mode);
        state.Write(_reason);
        state.Write(_fallback ?? "");
    }

    public void Load(BinaryReader state)
    {
        state.Expect("signal-controller-1");
        _lamps.Load(state);
        _traffic.Load(state);
        _preemption.Load(state);
        _rule?.Load(state);
        state.ReadArray<long>(_redSince);
        bool started = state.ReadBoolean();
        DateTimeOffset time = state.ReadTime();
        _time = started ? time : null;
        var clocks = new long[3];
        state.ReadArray<long>(clocks);
        (_nextDecision, _nextReport, _usableSince) = (clocks[0], clocks[1], clocks[2]);
        _preempted = state.ReadBoolean();
        _recovering = state.ReadBoolean();
        var mode = (SignalMode)state.ReadByte();
        _mode = Enum.IsDefined(mode) ? mode : throw new InvalidDataException($"The saved state has an unknown mode {mode}: it is damaged.");
        _reason = state.ReadString();
        string fallback = state.ReadString();
        _fallback = fallback.Length == 0 ? null : fallback;
    }

    private static double Seconds(long ticks) => TimeSpan.FromTicks(ticks).TotalSeconds;

    private string PhaseName(int phase) => _layout.Options.Phases[phase].Name;

    /// <summary>Does something to the lamps and reports what it changed.</summary>
    private void Watch(Action act, Action<DateTimeOffset, SignalPlan> emit, long ticks = 0)
    {
        (SignalStage stage, int phase, int target, string? fallback) = (_lamps.Stage, _lamps.Phase, _lamps.Target, _fallback);
        act();
        _time = _time!.Value.AddTicks(ticks);
        for (int group = 0; group < _redSince.Length; group++)
        {
            _redSince[group] = _lamps.Aspect(group) is SignalAspect.Green or SignalAspect.Permissive ? _lamps.Clock : _redSince[group];
        }

        if ((_lamps.Stage, _lamps.Phase, _lamps.Target) != (stage, phase, target) || (_fallback is null) != (fallback is null))
        {
            Report(emit);
        }
    }

    private void Report(Action<DateTimeOffset, SignalPlan> emit)
    {
        _nextReport = _lamps.Clock + JunctionLayout.Ticks(_layout.Options.ReportSeconds);
        emit(_time!.Value, Plan());
    }

    private SignalPlanChange[] Ahead()
    {
        SignalPlanChange Change(long ticks, SignalStage stage, int phase, SignalPlanCertainty certainty) => new()
        {
            InSeconds = Seconds(Math.Max(0, ticks)),
            Stage = stage,
            Phase = phase < 0 ? null : PhaseName(phase),
            Certainty = certainty,
        };

        switch (_lamps.Stage)
        {
            case SignalStage.Yellow:
                return
                [
                    Change(_lamps.Remaining, SignalStage.AllRed, _lamps.Target, SignalPlanCertainty.Certain),
                    Change(_lamps.Remaining + _layout.AllRed(_lamps.Phase, _lamps.Target), SignalStage.Green, _lamps.Target, SignalPlanCertainty.Certain),
                ];
            case SignalStage.AllRed:
                return [Change(_lamps.Remaining, SignalStage.Green, _lamps.Target, SignalPlanCertainty.Certain)];
            default:
                if (_mode == SignalMode.FixedPlan)
                {
                    (int due, long left) = _fixed.Due(_time!.Value);
                    long until = Math.Max(due == _lamps.Phase ? left : 0, _layout.ShortestGreen[_lamps.Phase] - _lamps.Elapsed);
                    return [Change(until, SignalStage.Yellow, -1, SignalPlanCertainty.Earliest)];
                }

                return
                [
                    Change(_layout.ShortestGreen[_lamps.Phase] - _lamps.Elapsed, SignalStage.Yellow, -1, SignalPlanCertainty.Earliest),
                    Change(_layout.LongestGreen[_lamps.Phase] - _lamps.Elapsed, SignalStage.Yellow, -1, SignalPlanCertainty.Latest),
                ];
        }
    }
}
