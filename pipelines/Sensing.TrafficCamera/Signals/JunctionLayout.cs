namespace Sensing.TrafficCamera.Signals;

/// <summary>A junction's description with indices instead of names.</summary>
internal sealed class JunctionLayout
{
    private readonly bool[,] _conflict;
    private readonly bool[,] _mayYield;
    private readonly long[,] _yellow;
    private readonly long[,] _allRed;

    public JunctionLayout(JunctionOptions options)
    {
        Options = options;
        string[] names = [.. options.Groups.Select(g => g.Name)];
        int groups = names.Length, phases = options.Phases.Length;
        _conflict = new bool[groups, groups];
        _mayYield = new bool[groups, groups];
        foreach (ConflictOptions conflict in options.Conflicts)
        {
            int a = Array.IndexOf(names, conflict.First), b = Array.IndexOf(names, conflict.Second);
            _conflict[a, b] = _conflict[b, a] = true;
            _mayYield[a, b] = _mayYield[b, a] = conflict.MayYield;
        }

        Aspects = [.. options.Phases.Select(p => names.Select(n => p.Green.Contains(n) ? SignalAspect.Green
            : p.Permissive.Contains(n) ? SignalAspect.Permissive : SignalAspect.Red).ToArray())];
        ShortestGreen = [.. options.Phases.Select(p => Ticks(options.ShortestGreen(p)))];
        LongestGreen = [.. options.Phases.Select(p => Ticks(p.MaxGreenSeconds))];
        _yellow = new long[phases, phases];
        _allRed = new long[phases, phases];
        for (int from = 0; from < phases; from++)
        {
            for (int to = 0; to < phases; to++)
            {
                ChangeTimes(from, to);
            }
        }

        Lanes = [.. options.Groups.SelectMany(g => g.Lanes)
            .Select(l => (Array.FindIndex(options.Approaches, a => a.Name == l.Approach), l.Lane)).Distinct().Order()];
        LaneGroups = [.. Lanes.Select(lane => Enumerable.Range(0, groups).Where(g => options.Groups[g].Lanes.Any(l =>
            l.Lane == lane.Lane && l.Approach == options.Approaches[lane.Approach].Name)).ToArray())];
        Splits = [.. options.FixedPlan.Splits.Select(s =>
            (Array.FindIndex(options.Phases, p => p.Name == s.Phase), Ticks(s.GreenSeconds)))];
    }

    public JunctionOptions Options { get; }

    public int Groups => Options.Groups.Length;

    public int Phases => Options.Phases.Length;

    /// <summary>Aspect of each group in each phase.</summary>
    public SignalAspect[][] Aspects { get; }

    /// <summary>Shortest green of each phase, ticks.</summary>
    public long[] ShortestGreen { get; }

    /// <summary>Longest green of each phase, ticks.</summary>
    public long[] LongestGreen { get; }

    /// <summary>Lanes that feed the junction.</summary>
    public (int Approach, int Lane)[] Lanes { get; }

    /// <summary>Groups of each lane.</summary>
    public int[][] LaneGroups { get; }

    /// <summary>The fixed plan's phases with their greens, ticks.</summary>
    public (int Phase, long Green)[] Splits { get; }

    public double FixedCycleSeconds => TimeSpan.FromTicks(
        Splits.Select((s, i) => s.Green + ChangeTicks(s.Phase, Splits[(i + 1) % Splits.Length].Phase)).Sum()).TotalSeconds;

    public static long Ticks(double seconds) => (long)Math.Round(seconds * TimeSpan.TicksPerSecond);

    public bool Conflict(int a, int b) => _conflict[a, b];

    /// <summary>Whether a group of two conflicting ones may be green while the other yields, or the other way round.</summary>
    public bool MayYield(int a, int b) => _mayYield[a, b];

    /// <summary>Yellow of a change; zero where no group ends.</summary>
    public long Yellow(int from, int to) => _yellow[from, to];

    public long AllRed(int from, int to) => _allRed[from, to];

    public long ChangeTicks(int from, int to) => _yellow[from, to] + _allRed[from, to];

    /// <summary>Whether a group that is green in <paramref name="from"/> turns red on the way to <paramref name="to"/>.</summary>
    /// <remarks>A protected green that has to yield afterwards ends too: the opposing traffic starts, and yellow says so.</remarks>
    public bool Ends(int group, int from, int to) => from != to && Aspects[from][group] != SignalAspect.Red
        && (!Options.KeepCommonGreens || Aspects[to][group] == SignalAspect.Red
            || (Aspects[from][group] == SignalAspect.Green && Aspects[to][group] == SignalAspect.Permissive));

    private void ChangeTimes(int from, int to)
    {
        int[] ending = [.. Enumerable.Range(0, Groups).Where(g => Ends(g, from, to))];
        if (ending.Length == 0)
        {
            return;
        }

        ClearanceOptions? longer = Array.Find(
            Options.Clearances, c => c.From == Options.Phases[from].Name && c.To == Options.Phases[to].Name);
        _yellow[from, to] = Ticks(Math.Max(Options.YellowSeconds, longer?.YellowSeconds ?? 0));
        _allRed[from, to] = Ticks(Math.Max(Math.Max(Options.AllRedSeconds, longer?.AllRedSeconds ?? 0), ending.Max(g => Options.Groups[g].ClearanceSeconds)));
    }
}
