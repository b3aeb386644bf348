namespace Sensing.Benchmarks.Das;

/// <summary>Compares reported vehicles with labels, one to one within a tolerance.</summary>
/// <remarks>Of all one-to-one assignments within the tolerance, one with the most pairs is taken (augmenting paths, Kuhn 1955);
/// among a vehicle's candidates the nearest is tried first. Doubtful rows and named exceptions are neither hits nor false
/// alarms: a report without a clear label is excused where it fits one at any position that is marked.</remarks>
public sealed record LabelScore
{
    public required int Hits { get; init; }

    public required IReadOnlyList<PassageLabel> Missed { get; init; }

    public required IReadOnlyList<ReportedVehicle> FalseAlarms { get; init; }

    public required IReadOnlyList<(PassageLabel Label, ReportedVehicle Vehicle)> Pairs { get; init; }

    public double Precision => Ratio(Hits, Hits + FalseAlarms.Count);

    public double Recall => Ratio(Hits, Hits + Missed.Count);

    public double F1 => Ratio(2 * Hits, (2 * Hits) + Missed.Count + FalseAlarms.Count);

    /// <summary>Recall of the rows whose strength is among <paramref name="strengths"/>; null without one.</summary>
    public double? RecallOf(params string[] strengths)
    {
        int hits = Pairs.Count(p => strengths.Contains(p.Label.Strength));
        int all = hits + Missed.Count(m => strengths.Contains(m.Strength));
        return all == 0 ? null : (double)hits / all;
    }

    /// <summary>Median of |speed / labelled speed − 1| over pairs that are marked at both positions; null without one.</summary>
    public double? MedianSpeedError(double fromM, double toM)
    {
        double[] errors = [.. Pairs
            .Where(p => p.Label.Times.ContainsKey(fromM) && p.Label.Times.ContainsKey(toM))
            .Select(p => Math.Abs((p.Vehicle.SpeedMs / Math.Abs((toM - fromM) / (p.Label.Times[toM] - p.Label.Times[fromM]))) - 1))
            .Order()];
        return errors.Length == 0 ? null
            : (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
    }

    /// <param name="labels">All rows.</param>
    /// <param name="vehicles">Reports that claim a passage at the scored position.</param>
    /// <param name="positionM">The scored position, m.</param>
    /// <param name="from">Marks from here…</param>
    /// <param name="to">…to here count, s.</param>
    /// <param name="tolerance">Largest difference of a pair, s.</param>
    /// <param name="excused">Further passages that are no false alarm: position, m, and time, s.</param>
    public static LabelScore Of(
        IReadOnlyList<PassageLabel> labels, IReadOnlyList<ReportedVehicle> vehicles, double positionM, double from, double to,
        double tolerance, IReadOnlyList<(double PositionM, double Seconds)> excused)
    {
        PassageLabel[] clear = [.. labels.Where(l => l.Clear && l.Times.TryGetValue(positionM, out double t) && t >= from && t <= to)];
        ReportedVehicle[] reports = [.. vehicles.Where(v => v.Seconds >= from && v.Seconds <= to)];
        var candidates = clear.Select(l => Enumerable.Range(0, reports.Length)
            .Where(r => Math.Abs(reports[r].Seconds - l.Times[positionM]) <= tolerance)
            .OrderBy(r => Math.Abs(reports[r].Seconds - l.Times[positionM])).ToArray()).ToArray();
        var labelOf = new int[reports.Length];
        Array.Fill(labelOf, -1);
        for (int l = 0; l < clear.Length; l++)
        {
            Augment(l, candidates, labelOf, new bool[reports.Length]);
        }

        (double, double)[] doubtful = [.. labels.Where(l => !l.Clear).SelectMany(l => l.Times.Select(t => (t.Key, t.Value))), .. excused];
        var hit = labelOf.Where(l => l >= 0).ToHashSet();
        return new LabelScore
        {
            Hits = hit.Count,
            Missed = [.. clear.Where((_, l) => !hit.Contains(l))],
            FalseAlarms = [.. reports.Where((r, i) => labelOf[i] < 0
                && !doubtful.Any(d => r.SecondsAt(d.Item1) is { } t && Math.Abs(t - d.Item2) <= tolerance))],
            Pairs = [.. reports.Select((r, i) => (r, i)).Where(p => labelOf[p.i] >= 0).Select(p => (clear[labelOf[p.i]], p.r))],
        };
    }

    private static bool Augment(int label, int[][] candidates, int[] labelOf, bool[] visited)
    {
        foreach (int report in candidates[label])
        {
            if (!visited[report])
            {
                visited[report] = true;
                if (labelOf[report] < 0 || Augment(labelOf[report], candidates, labelOf, visited))
                {
                    labelOf[report] = label;
                    return true;
                }
            }
        }

        return false;
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
