using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

public sealed partial record JunctionOptions
{
    public IEnumerable<ConfigurationProblem> Check()
    {
        ConfigurationProblem[] names = [.. Names()];
        return names.Length > 0 ? names : [.. Greens(), .. Times(), .. Plan()];
    }

    /// <summary>Unique names, and references to what exists.</summary>
    private IEnumerable<ConfigurationProblem> Names()
    {
        string[] approaches = [.. Approaches.Select(a => a.Name)];
        string[] groups = [.. Groups.Select(g => g.Name)];
        string[] phases = [.. Phases.Select(p => p.Name)];
        IEnumerable<ConfigurationProblem> problems =
        [
            .. Repeated("approaches", approaches), .. Repeated("groups", groups), .. Repeated("phases", phases),
            .. Groups.SelectMany((g, i) => g.Lanes.SelectMany((l, k) =>
                Unknown($"groups[{i}].lanes[{k}].approach", "approach", l.Approach, approaches))),
            .. Conflicts.SelectMany((c, i) => Unknown($"conflicts[{i}].first", "group", c.First, groups)
                .Concat(Unknown($"conflicts[{i}].second", "group", c.Second, groups))),
            .. Phases.SelectMany((p, i) => p.Green.SelectMany((g, k) => Unknown($"phases[{i}].green[{k}]", "group", g, groups))
                .Concat(p.Permissive.SelectMany((g, k) => Unknown($"phases[{i}].permissive[{k}]", "group", g, groups)))),
            .. Clearances.SelectMany((c, i) => Unknown($"clearances[{i}].from", "phase", c.From, phases)
                .Concat(Unknown($"clearances[{i}].to", "phase", c.To, phases))),
            .. FixedPlan.Splits.SelectMany((s, i) => Unknown($"fixedPlan.splits[{i}].phase", "phase", s.Phase, phases)),
        ];
        return problems;
    }

    /// <summary>No phase has two conflicting greens; every group has its green in some phase.</summary>
    private IEnumerable<ConfigurationProblem> Greens()
    {
        for (int i = 0; i < Conflicts.Length; i++)
        {
            if (Conflicts[i].First == Conflicts[i].Second)
            {
                yield return new($"conflicts[{i}].second", $"'{Conflicts[i].Second}' cannot conflict with itself: name another group");
            }
        }

        for (int i = 0; i < Phases.Length; i++)
        {
            PhaseOptions phase = Phases[i];
            if (phase.Green.Length + phase.Permissive.Length == 0)
            {
                yield return new($"phases[{i}].green", "is empty: name the groups that are green in this phase");
            }

            foreach (string both in phase.Green.Intersect(phase.Permissive))
            {
                yield return new($"phases[{i}].permissive", $"'{both}' is in green too: keep it in one of the two");
            }

            foreach (ConflictOptions conflict in Conflicts)
            {
                bool first = phase.Green.Contains(conflict.First), second = phase.Green.Contains(conflict.Second);
                bool yields = (phase.Permissive.Contains(conflict.First) && (second || phase.Permissive.Contains(conflict.Second)))
                    || (phase.Permissive.Contains(conflict.Second) && first);
                if (first && second)
                {
                    yield return new($"phases[{i}].green", $"'{conflict.First}' and '{conflict.Second}' conflict: "
                        + "put them into different phases, or let one yield: move it to permissive and set mayYield in their conflict");
                }
                else if (yields && !conflict.MayYield)
                {
                    yield return new($"phases[{i}].permissive", $"'{conflict.First}' and '{conflict.Second}' conflict and neither may "
                        + "yield: put them into different phases, or set mayYield in their conflict");
                }
            }
        }

        for (int i = 0; i < Groups.Length; i++)
        {
            string name = Groups[i].Name;
            bool planned = FixedPlan.Splits.Any(s => Phases.Any(p => p.Name == s.Phase && (p.Green.Contains(name) || p.Permissive.Contains(name))));
            if (!planned)
            {
                yield return new($"groups[{i}].name", $"'{name}' is green in no phase of the fixed plan: add it to one, or add its phase to "
                    + "fixedPlan.splits");
            }
        }
    }

    private IEnumerable<ConfigurationProblem> Times()
    {
        for (int i = 0; i < Phases.Length; i++)
        {
            PhaseOptions phase = Phases[i];
            double shortest = ShortestGreen(phase);
            if (phase.MaxGreenSeconds < shortest)
            {
                yield return new($"phases[{i}].maxGreenSeconds", shortest > phase.MinGreenSeconds
                    ? $"must be at least pedestrianMinGreenSeconds ({PedestrianMinGreenSeconds}), since a pedestrian group is green in this phase"
                    : $"must be at least minGreenSeconds ({phase.MinGreenSeconds})");
            }
        }

        for (int i = 0; i < Clearances.Length; i++)
        {
            if (Clearances[i].YellowSeconds < YellowSeconds)
            {
                yield return new($"clearances[{i}].yellowSeconds", $"must be at least yellowSeconds ({YellowSeconds}) of the junction");
            }

            if (Clearances[i].AllRedSeconds < AllRedSeconds)
            {
                yield return new($"clearances[{i}].allRedSeconds", $"must be at least allRedSeconds ({AllRedSeconds}) of the junction");
            }
        }

        double round = Phases.Sum(p => ShortestGreen(p) + YellowSeconds + AllRedSeconds);
        if (StarvationSeconds < round)
        {
            yield return new("starvationSeconds", $"must be at least {round:0.#}: the shortest greens of all phases with a change after each");
        }
    }

    private IEnumerable<ConfigurationProblem> Plan()
    {
        for (int i = 0; i < FixedPlan.Splits.Length; i++)
        {
            FixedSplitOptions split = FixedPlan.Splits[i];
            PhaseOptions phase = Phases.First(p => p.Name == split.Phase);
            double shortest = ShortestGreen(phase);
            if (split.GreenSeconds < shortest || split.GreenSeconds > phase.MaxGreenSeconds)
            {
                yield return new($"fixedPlan.splits[{i}].greenSeconds",
                    $"must be between the shortest ({shortest}) and longest ({phase.MaxGreenSeconds}) green of phase '{phase.Name}'");
            }

            if (FixedPlan.Splits.Length > 1 && FixedPlan.Splits[(i + 1) % FixedPlan.Splits.Length].Phase == split.Phase)
            {
                yield return new($"fixedPlan.splits[{i}].phase", $"'{split.Phase}' follows itself: join the two splits");
            }
        }

        // The layout computes each change's duration; it can be made once phases are free of conflicts.
        if (FixedPlan.Splits.Length > 0 && !Greens().Any())
        {
            double cycle = new JunctionLayout(this).FixedCycleSeconds;
            if (Math.Abs(cycle - FixedPlan.CycleSeconds) > 0.01)
            {
                yield return new("fixedPlan.cycleSeconds", FormattableString.Invariant(
                    $"must be {cycle:0.##}: the greens of the splits with the yellow and all-red of each change"));
            }
        }
    }

    /// <summary>The shortest green of a phase: its own, or that of pedestrians who are green in it.</summary>
    internal double ShortestGreen(PhaseOptions phase) =>
        Groups.Any(g => g.Kind == SignalGroupKind.Pedestrian && (phase.Green.Contains(g.Name) || phase.Permissive.Contains(g.Name)))
            ? Math.Max(phase.MinGreenSeconds, PedestrianMinGreenSeconds)
            : phase.MinGreenSeconds;

    private static IEnumerable<ConfigurationProblem> Repeated(string path, string[] names) => names
        .Select((name, i) => (Name: name, Index: i))
        .Where(one => Array.IndexOf(names, one.Name) < one.Index)
        .Select(one => new ConfigurationProblem($"{path}[{one.Index}].name", $"'{one.Name}' is there twice: give each its own name"));

    private static IEnumerable<ConfigurationProblem> Unknown(string path, string kind, string name, string[] known) => known.Contains(name) ? []
        : [new ConfigurationProblem(path, $"unknown {kind} '{name}' (known: {string.Join(", ", known)})")];
}
