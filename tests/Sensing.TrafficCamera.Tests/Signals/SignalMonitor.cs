using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

/// <summary>Watches the plans of a junction and knows nothing of the controller but the junction's options: no two conflicting greens, every
/// green ends through yellow and all-red, and lasts as long as it must.</summary>
public sealed class SignalMonitor
{
    private const double Tolerance = 1e-6;

    private readonly JunctionOptions _options;
    private readonly (int A, int B, bool MayYield)[] _conflicts;
    private readonly double[] _shortest;
    private readonly SignalAspect[] _shown;
    private readonly SignalAspect[] _lastGreen;
    private readonly double[] _since;
    private readonly double[] _redSince;
    private DateTimeOffset? _last;
    private DateTimeOffset _base;
    private double _clock;
    private double _baseClock;

    public SignalMonitor(JunctionOptions options)
    {
        _options = options;
        int Group(string name) => Array.FindIndex(options.Groups, g => g.Name == name);
        _conflicts = [.. options.Conflicts.Select(c => (Group(c.First), Group(c.Second), c.MayYield))];
        _shortest = [.. options.Groups.Select(g => Math.Max(
            options.Phases.Where(p => p.Green.Contains(g.Name) || p.Permissive.Contains(g.Name)).Min(p => p.MinGreenSeconds),
            g.Kind == SignalGroupKind.Pedestrian ? options.PedestrianMinGreenSeconds : 0))];
        _shown = new SignalAspect[options.Groups.Length];
        _lastGreen = new SignalAspect[options.Groups.Length];
        _since = new double[options.Groups.Length];
        _redSince = [.. options.Groups.Select(_ => double.NegativeInfinity)];
    }

    /// <summary>Pairs of conflicting groups that were seen open together.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Changes that skipped or shortened a yellow, an all-red or a green.</summary>
    public int BadChanges { get; private set; }

    /// <summary>Greens that were seen to begin.</summary>
    public int Greens { get; private set; }

    /// <summary>Longest red that was seen to end, s.</summary>
    public double LongestRed { get; private set; }

    /// <summary>The first thing that was wrong; null: nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>The controller is about to be advanced. Time between is real unless it is a gap or a jump.</summary>
    public void Begin(DateTimeOffset to)
    {
        double step = _last is { } last ? (to - last).TotalSeconds : 0;
        bool jump = _last is null || Math.Abs(step) > SignalController.LongestStepSeconds;
        _base = jump ? to : _last!.Value;
        _baseClock = _clock;
        _last = jump || step > 0 ? to : _last;
        _clock += jump ? 0 : Math.Max(0, step);
    }

    public void Seen(DateTimeOffset time, SignalPlan plan)
    {
        double now = _baseClock + Math.Max(0, (time - _base).TotalSeconds);
        for (int group = 0; group < _shown.Length; group++)
        {
            Change(group, plan.Groups[group].Aspect, now);
        }

        foreach ((int a, int b, bool mayYield) in _conflicts)
        {
            bool yields = mayYield && (Kind(a) == SignalAspect.Permissive || Kind(b) == SignalAspect.Permissive);
            if (_shown[a] != SignalAspect.Red && _shown[b] != SignalAspect.Red && !yields)
            {
                Conflicts++;
                Problem ??= $"{_options.Groups[a].Name} {_shown[a]} and {_options.Groups[b].Name} {_shown[b]} at {now}";
            }
        }
    }

    /// <summary>What the controller shows now must be what its last plan said.</summary>
    public void End(SignalController controller)
    {
        for (int group = 0; group < _shown.Length; group++)
        {
            if (controller.Aspect(group) != _shown[group])
            {
                Bad(group, _shown[group], controller.Aspect(group), "without a plan");
            }
        }
    }

    private SignalAspect Kind(int group) => _shown[group] == SignalAspect.Yellow ? _lastGreen[group] : _shown[group];

    private void Change(int group, SignalAspect to, double now)
    {
        SignalAspect from = _shown[group];
        if (from == to)
        {
            return;
        }

        double lasted = now - _since[group] + Tolerance;
        bool begins = from == SignalAspect.Red;
        string? wrong = (from, to) switch
        {
            (SignalAspect.Red, SignalAspect.Yellow) => "yellow after red",
            (SignalAspect.Red, _) => Cleared(group, now) ? null : "before the junction was clear",
            (SignalAspect.Yellow, SignalAspect.Red) => lasted >= _options.YellowSeconds ? null : "after too short a yellow",
            (SignalAspect.Yellow, _) => "green after yellow",
            (SignalAspect.Permissive, SignalAspect.Green) => null,
            (_, SignalAspect.Yellow) => lasted >= _shortest[group] ? null : "after too short a green",
            _ => "without yellow",
        };
        if (wrong is not null)
        {
            Bad(group, from, to, $"{wrong} at {now}");
        }

        if (begins)
        {
            Greens++;
            LongestRed = Math.Max(LongestRed, now - Math.Max(0, _redSince[group]));
        }

        if (to is SignalAspect.Green or SignalAspect.Permissive)
        {
            _lastGreen[group] = to;
        }

        _redSince[group] = to == SignalAspect.Red ? now : _redSince[group];

        // A permissive green that becomes protected is one green.
        _since[group] = from == SignalAspect.Permissive && to == SignalAspect.Green ? _since[group] : now;
        _shown[group] = to;
    }

    /// <summary>All-red has passed since this group and everything that conflicts with it turned red.</summary>
    private bool Cleared(int group, double now)
    {
        bool Red(int other) => now - _redSince[other] + Tolerance >= Math.Max(_options.AllRedSeconds, _options.Groups[other].ClearanceSeconds);
        return Red(group) && Array.TrueForAll(_conflicts, c =>
            (c.A != group || _shown[c.B] != SignalAspect.Red || Red(c.B)) && (c.B != group || _shown[c.A] != SignalAspect.Red || Red(c.A)));
    }

    private void Bad(int group, SignalAspect from, SignalAspect to, string what)
    {
        BadChanges++;
        Problem ??= $"{_options.Groups[group].Name} from {from} to {to} {what}";
    }
}
