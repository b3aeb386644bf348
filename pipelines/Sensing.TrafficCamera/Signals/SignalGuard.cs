using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>The lamps: shows a phase, and changes to another one through yellow and all-red.</summary>
/// <remarks>
/// The one place that decides what is shown. Whoever controls only asks for a phase (<see cref="Request"/>) and lets time pass
/// (<see cref="Advance"/>); the guard refuses what comes too early, and a change once begun runs to its end. What can be shown is a
/// closed set: one picture a phase, a yellow and an all-red one for each pair of phases, and all red. The constructor checks
/// each of them, so that no input can lead to two conflicting greens.
/// </remarks>
internal sealed class SignalGuard : IResumable
{
    private readonly JunctionLayout _layout;
    private readonly SignalAspect[][,] _changing;
    private readonly SignalAspect[] _allRed;
    private readonly long _longestExtension;
    private long _since;
    private long _extension;

    /// <exception cref="ArgumentException">A picture of the junction has two conflicting greens.</exception>
    public SignalGuard(JunctionLayout layout, int firstPhase = 0)
    {
        _layout = layout;
        _longestExtension = JunctionLayout.Ticks(layout.Options.MaxClearingSeconds);
        _allRed = new SignalAspect[layout.Groups];
        _changing = new SignalAspect[layout.Phases * layout.Phases][,];
        for (int from = 0; from < layout.Phases; from++)
        {
            CheckPicture(layout.Aspects[from], from);
            for (int to = 0; to < layout.Phases; to++)
            {
                _changing[(from * layout.Phases) + to] = Changing(from, to);
            }
        }

        // What the lamps showed before is unknown: everything is red for a whole change first.
        Phase = Target = firstPhase;
        Stage = SignalStage.AllRed;
        Starting = true;
    }

    /// <summary>Time that has passed, ticks. Never goes back.</summary>
    public long Clock { get; private set; }

    /// <summary>The phase that is shown or that ends.</summary>
    public int Phase { get; private set; }

    /// <summary>The phase that follows; <see cref="Phase"/> while none was asked for.</summary>
    public int Target { get; private set; }

    public SignalStage Stage { get; private set; }

    /// <summary>Before the first green.</summary>
    public bool Starting { get; private set; }

    /// <summary>Time since the stage began, ticks.</summary>
    public long Elapsed => Clock - _since;

    /// <summary>Time until the stage ends by itself, ticks; <see cref="long.MaxValue"/> in a green that nobody has asked to end.</summary>
    public long Remaining => Stage == SignalStage.Green ? long.MaxValue : Length() - Elapsed;

    /// <summary>Whether the green has lasted as long as it must.</summary>
    public bool MayEnd => Stage == SignalStage.Green && Elapsed >= _layout.ShortestGreen[Phase];

    public SignalAspect Aspect(int group) => Starting ? _allRed[group]
        : Stage == SignalStage.Green ? _layout.Aspects[Phase][group]
        : _changing[(Phase * _layout.Phases) + Target][Stage == SignalStage.Yellow ? 0 : 1, group];

    /// <summary>Asks for a phase. Refused in a change, before the shortest green has passed, and for a phase that does not exist.</summary>
    public bool Request(int phase)
    {
        if (phase < 0 || phase >= _layout.Phases || phase == Phase || !MayEnd)
        {
            return false;
        }

        Target = phase;
        Stage = SignalStage.Yellow;
        _since = Clock;
        SkipEmptyStages();
        return true;
    }

    /// <summary>Asks for a longer all-red, while vehicles are still in the junction. Only ever prolongs it, and within a bound.</summary>
    public void ProlongAllRed(long ticks)
    {
        if (Stage == SignalStage.AllRed)
        {
            _extension = Math.Clamp(Elapsed + Math.Max(0, ticks) - BaseLength(), _extension, Math.Max(_extension, _longestExtension));
        }
    }

    /// <summary>Lets time pass, at most to the end of the stage. Time that does not go forward is none.</summary>
    /// <returns>The time that is left.</returns>
    public long Advance(long ticks)
    {
        long step = Math.Min(Math.Max(0, ticks), Remaining);
        Clock += step;
        SkipEmptyStages();
        return Math.Max(0, ticks) - step;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("signal-guard-1");
        state.Write(Clock);
        state.Write(_since);
        state.Write(_extension);
        state.Write(Phase);
        state.Write(Target);
        state.Write((byte)Stage);
        state.Write(Starting);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("signal-guard-1");
        long clock = state.ReadInt64(), since = state.ReadInt64(), extension = state.ReadInt64();
        int phase = state.ReadInt32(), target = state.ReadInt32();
        var stage = (SignalStage)state.ReadByte();
        bool starting = state.ReadBoolean();
        bool valid = since >= 0 && clock >= since && extension >= 0 && extension <= _longestExtension
            && phase >= 0 && phase < _layout.Phases && target >= 0 && target < _layout.Phases
            && (starting ? stage == SignalStage.AllRed && phase == target
                : stage == SignalStage.Green ? phase == target
                : stage is SignalStage.Yellow or SignalStage.AllRed && phase != target);
        if (!valid)
        {
            throw new InvalidDataException("The saved state of the signals is not one that they can be in: it is damaged or of other options.");
        }

        (Clock, _since, _extension) = (clock, since, extension);
        (Phase, Target, Stage, Starting) = (phase, target, stage, starting);
    }

    private long Length() => BaseLength() + (Stage == SignalStage.AllRed ? _extension : 0);

    private long BaseLength() => Starting ? JunctionLayout.Ticks(_layout.Options.YellowSeconds + _layout.Options.AllRedSeconds)
        : Stage == SignalStage.Yellow ? _layout.Yellow(Phase, Target) : _layout.AllRed(Phase, Target);

    /// <summary>Moves on from stages whose time is over.</summary>
    private void SkipEmptyStages()
    {
        while (Stage != SignalStage.Green && Elapsed >= Length())
        {
            _since = Clock;
            if (Stage == SignalStage.Yellow)
            {
                Stage = SignalStage.AllRed;
                _extension = 0;
            }
            else
            {
                Stage = SignalStage.Green;
                Phase = Target;
                Starting = false;
            }
        }
    }

    private SignalAspect[,] Changing(int from, int to)
    {
        var picture = new SignalAspect[2, _layout.Groups];
        for (int group = 0; group < _layout.Groups; group++)
        {
            bool ends = _layout.Ends(group, from, to);
            picture[0, group] = ends ? SignalAspect.Yellow : _layout.Aspects[from][group];
            picture[1, group] = ends ? SignalAspect.Red : _layout.Aspects[from][group];
        }

        for (int stage = 0; stage < 2; stage++)
        {
            CheckPicture([.. Enumerable.Range(0, _layout.Groups).Select(group => picture[stage, group])], from);
        }

        return picture;
    }

    /// <summary>Nothing that conflicts is open together. A yellow yields where its green did.</summary>
    private void CheckPicture(SignalAspect[] picture, int from)
    {
        for (int a = 0; a < picture.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                bool open = picture[a] != SignalAspect.Red && picture[b] != SignalAspect.Red;
                bool yields = _layout.MayYield(a, b)
                    && (_layout.Aspects[from][a] == SignalAspect.Permissive || _layout.Aspects[from][b] == SignalAspect.Permissive);
                if (open && _layout.Conflict(a, b) && !yields)
                {
                    throw new ArgumentException($"Groups '{_layout.Options.Groups[a].Name}' and '{_layout.Options.Groups[b].Name}' conflict and "
                        + $"are open together in phase '{_layout.Options.Phases[from].Name}': validate the junction's options first.");
                }
            }
        }
    }
}
