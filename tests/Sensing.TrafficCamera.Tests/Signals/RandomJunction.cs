using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

/// <summary>Makes valid junctions at random.</summary>
public static class RandomJunction
{
    public static JunctionOptions Make(Random random)
    {
        int groups = random.Next(2, 9), approaches = random.Next(1, 5);
        var conflict = new int[groups, groups];
        for (int a = 0; a < groups; a++)
        {
            for (int b = 0; b < a; b++)
            {
                // 0: none, 1: conflict, 2: a conflict in which one may yield.
                conflict[a, b] = conflict[b, a] = Math.Max(0, random.Next(4) - 1);
            }
        }

        var phases = new List<PhaseOptions>();
        var served = new bool[groups];
        while (phases.Count < 2 || (phases.Count < 12 && Array.IndexOf(served, false) >= 0))
        {
            phases.Add(Phase(random, phases.Count, conflict, Array.IndexOf(served, false), served));
        }

        for (int group = 0; group < groups; group++)
        {
            if (!served[group])
            {
                phases.Add(Phase(random, phases.Count, conflict, group, served));
            }
        }

        JunctionOptions options = new()
        {
            Approaches = [.. Enumerable.Range(0, approaches).Select(a => new JunctionApproachOptions { Name = $"a{a}", VisibleM = random.Next(20, 120) })],
            Groups = [.. Enumerable.Range(0, groups).Select(g => new SignalGroupOptions
            {
                Name = $"g{g}",
                Kind = random.Next(5) == 0 ? SignalGroupKind.Pedestrian : SignalGroupKind.Vehicle,
                Lanes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new GroupLaneOptions
                {
                    Approach = $"a{random.Next(approaches)}", Lane = random.Next(3),
                })],
                ClearanceSeconds = random.Next(4) == 0 ? random.Next(8) : 0,
            })],
            Conflicts = [.. from a in Enumerable.Range(0, groups)
                            from b in Enumerable.Range(0, a)
                            where conflict[a, b] > 0
                            select new ConflictOptions { First = $"g{a}", Second = $"g{b}", MayYield = conflict[a, b] == 2 }],
            Phases = [.. phases],
            Rule = (SignalRuleKind)random.Next(3),
            YellowSeconds = 3 + (random.Next(3) / 2.0),
            AllRedSeconds = 1 + (random.Next(4) / 2.0),
            KeepCommonGreens = random.Next(3) > 0,
            MaxClearingSeconds = random.Next(5),
            StarvationSeconds = random.Next(200, 400),
            RecoverSeconds = random.Next(5),
            Clearances = random.Next(2) == 0 ? []
                : [new ClearanceOptions { From = "p0", To = "p1", YellowSeconds = 5, AllRedSeconds = 4 }],
        };
        FixedSplitOptions[] splits = [.. options.Phases.Select(p => new FixedSplitOptions { Phase = p.Name, GreenSeconds = random.Next(20, 40) })];
        return options with
        {
            FixedPlan = new FixedPlanOptions
            {
                Splits = splits,
                CycleSeconds = Enumerable.Range(0, splits.Length)
                    .Sum(i => splits[i].GreenSeconds + ChangeSeconds(options, i, (i + 1) % splits.Length)),
                OffsetSeconds = random.Next(60),
            },
        };
    }

    /// <summary>How long a change takes by the options' own words, for the length of the cycle.</summary>
    private static double ChangeSeconds(JunctionOptions options, int from, int to)
    {
        (PhaseOptions a, PhaseOptions b) = (options.Phases[from], options.Phases[to]);
        SignalGroupOptions[] ending = [.. options.Groups.Where(g =>
            (a.Green.Contains(g.Name) && (!b.Green.Contains(g.Name) || !options.KeepCommonGreens))
            || (a.Permissive.Contains(g.Name) && !(b.Permissive.Contains(g.Name) || b.Green.Contains(g.Name)))
            || (a.Permissive.Contains(g.Name) && !options.KeepCommonGreens))];
        bool longer = options.Clearances.Any(c => c.From == a.Name && c.To == b.Name);
        return ending.Length == 0 ? 0
            : (longer ? 5 : options.YellowSeconds) + Math.Max(longer ? 4 : options.AllRedSeconds, ending.Max(g => g.ClearanceSeconds));
    }

    private static PhaseOptions Phase(Random random, int index, int[,] conflict, int first, bool[] served)
    {
        int groups = served.Length;
        first = first < 0 ? random.Next(groups) : first;
        int[] order = [.. Enumerable.Range(0, groups).OrderBy(g => g == first ? -1 : random.Next(100))];
        var green = new List<int>();
        var permissive = new List<int>();
        foreach (int group in order)
        {
            if (group != first && random.Next(3) == 0)
            {
                continue;
            }

            if (green.Concat(permissive).All(o => conflict[group, o] == 0))
            {
                green.Add(group);
            }
            else if (green.Concat(permissive).All(o => conflict[group, o] != 1))
            {
                permissive.Add(group);
            }
        }

        foreach (int group in green.Concat(permissive))
        {
            served[group] = true;
        }

        return new PhaseOptions
        {
            Name = $"p{index}",
            Green = [.. green.Select(g => $"g{g}")],
            Permissive = [.. permissive.Select(g => $"g{g}")],
            MinGreenSeconds = random.Next(3, 12),
            MaxGreenSeconds = random.Next(40, 60),
        };
    }
}
