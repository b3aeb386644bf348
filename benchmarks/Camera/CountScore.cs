namespace Sensing.Benchmarks.Camera;

/// <summary>Counted crossings against a person's: the most pairs that agree in time and direction, then in
/// lane.</summary>
/// <remarks>As the truth files say: an event matches within [first − 8, last + 8] frames. Vehicles on a line at the
/// clip's ends are counted by neither.</remarks>
internal sealed record CountScore(
    IReadOnlyList<(TrueCrossing Truth, CountedCrossing Counted)> Pairs, IReadOnlyList<TrueCrossing> Missed, IReadOnlyList<CountedCrossing> False)
{
    public const int ToleranceFrames = 8;

    public double F1 => Pairs.Count + Missed.Count + False.Count == 0 ? 1 : 2.0 * Pairs.Count / ((2 * Pairs.Count) + Missed.Count + False.Count);

    /// <summary>F1 where an event must agree in lane, too: matched anew, since a pair in another lane takes nothing
    /// away.</summary>
    public double LaneF1 { get; private init; }

    /// <summary>Vehicles that were counted within the person's bounds.</summary>
    public int Counted => Pairs.Count + False.Count;

    public static CountScore Of(CameraTruth truth, IReadOnlyList<CountedCrossing> counted) =>
        Of(truth, counted, lanes: false) with { LaneF1 = Of(truth, counted, lanes: true).F1 };

    private static CountScore Of(CameraTruth truth, IReadOnlyList<CountedCrossing> counted, bool lanes)
    {
        int[] partner = Match(truth.Crossings, counted, lanes);
        var pairs = new List<(TrueCrossing, CountedCrossing)>();
        var missed = new List<TrueCrossing>();
        for (int t = 0; t < partner.Length; t++)
        {
            if (partner[t] >= 0)
            {
                pairs.Add((truth.Crossings[t], counted[partner[t]]));
            }
            else
            {
                missed.Add(truth.Crossings[t]);
            }
        }

        CountedCrossing[] wrong = [.. counted.Where((c, i) => !partner.Contains(i)
            && c.Frame >= truth.CountedFrom + (truth.CountedFrom == truth.First ? ToleranceFrames : 0)
            && c.Frame <= truth.Last - ToleranceFrames)];
        return new CountScore(pairs, missed, wrong);
    }

    /// <summary>Augmenting paths, candidates in the same lane first: as many pairs as there can be.</summary>
    private static int[] Match(IReadOnlyList<TrueCrossing> truth, IReadOnlyList<CountedCrossing> counted, bool lanes)
    {
        int[] truthOf = [.. Enumerable.Repeat(-1, counted.Count)];
        int[][] candidates = [.. truth.Select(t => Enumerable.Range(0, counted.Count)
            .Where(c => counted[c].Line == t.Line && (!lanes || counted[c].Lane == t.Lane)
                && counted[c].Frame >= t.First - ToleranceFrames && counted[c].Frame <= t.Last + ToleranceFrames)
            .OrderBy(c => counted[c].Lane == t.Lane ? 0 : 1).ThenBy(c => Math.Abs(counted[c].Frame - ((t.First + t.Last) / 2.0))).ToArray())];

        // Pairs in the same lane come first, and paths then add to them.
        for (int t = 0; t < truth.Count; t++)
        {
            int same = Array.FindIndex(candidates[t], c => truthOf[c] < 0 && counted[c].Lane == truth[t].Lane);
            if (same >= 0)
            {
                truthOf[candidates[t][same]] = t;
            }
        }

        for (int t = 0; t < truth.Count; t++)
        {
            if (!truthOf.Contains(t))
            {
                Augment(t, candidates, truthOf, new bool[counted.Count]);
            }
        }

        return [.. Enumerable.Range(0, truth.Count).Select(t => Array.IndexOf(truthOf, t))];
    }

    private static bool Augment(int truth, int[][] candidates, int[] truthOf, bool[] seen)
    {
        foreach (int candidate in candidates[truth])
        {
            if (!seen[candidate])
            {
                seen[candidate] = true;
                if (truthOf[candidate] < 0 || Augment(truthOf[candidate], candidates, truthOf, seen))
                {
                    truthOf[candidate] = truth;
                    return true;
                }
            }
        }

        return false;
    }
}
