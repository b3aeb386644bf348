using Sensing.Das.Synthetic;

namespace Sensing.Benchmarks.Das;

/// <summary>Compares reported vehicles with a synthetic recording's truth.</summary>
/// <remarks>
/// A leg of a vehicle (<see cref="TruthLeg"/>; the whole way where it does not stop) is found by a report of its direction whose
/// track lies on its trajectory: the mean time difference over the stretch that both cover is at most the tolerance, and that
/// stretch is at least half the leg or 60 m. One to one, nearest pairs first. Legs shorter than 60 m, and vehicles that the
/// recording holds only in part, count neither way.
/// </remarks>
internal sealed class SyntheticScore
{
    private const double LeastM = 60;

    public int Hits { get; private init; }

    public int Missed { get; private init; }

    public int FalseAlarms => Unmatched.Count;

    public IReadOnlyList<ReportedVehicle> Unmatched { get; private init; } = [];

    public IReadOnlyList<TruthLeg> Unseen { get; private init; } = [];

    public IReadOnlyList<(TruthLeg Truth, ReportedVehicle Report)> Pairs { get; private init; } = [];

    public static SyntheticScore Of(SyntheticTruth truth, IReadOnlyList<ReportedVehicle> reports, double toleranceSeconds)
    {
        TruthLeg[] legs = [.. truth.Vehicles.SelectMany(TruthLeg.Of).Where(l => l.LengthM > 0)];
        var pairs = legs
            .SelectMany(t => reports.Select(r => (Truth: t, Report: r, Apart: Apart(t, r))))
            .Where(p => p.Apart <= toleranceSeconds)
            .OrderBy(p => p.Apart).ToList();
        var taken = new List<(TruthLeg Truth, ReportedVehicle Report)>();
        var usedTruth = new HashSet<TruthLeg>();
        var usedReport = new HashSet<ReportedVehicle>(ReferenceEqualityComparer.Instance);
        foreach ((TruthLeg t, ReportedVehicle r, double _) in pairs)
        {
            if (!usedTruth.Contains(t) && !usedReport.Contains(r))
            {
                usedTruth.Add(t);
                usedReport.Add(r);
                taken.Add((t, r));
            }
        }

        bool Counts(TruthLeg t) => t.Vehicle.Complete && t.LengthM >= LeastM;
        int hits = taken.Count(p => Counts(p.Truth));
        return new SyntheticScore
        {
            Hits = hits,
            Missed = legs.Count(t => Counts(t) && !usedTruth.Contains(t)),
            Unmatched = [.. reports.Where(r => !usedReport.Contains(r))],
            Unseen = [.. legs.Where(t => Counts(t) && !usedTruth.Contains(t))],
            Pairs = [.. taken.Where(p => Counts(p.Truth))],
        };
    }

    /// <summary>Mean speed of a vehicle over the stretch that a report covers, m/s; null where it has stood still there.</summary>
    public static double? SpeedOver(TruthLeg truth, ReportedVehicle report)
    {
        double from = Math.Clamp(report.Passage.StartM, Math.Min(truth.StartM, truth.EndM), Math.Max(truth.StartM, truth.EndM));
        double to = Math.Clamp(report.Passage.EndM, Math.Min(truth.StartM, truth.EndM), Math.Max(truth.StartM, truth.EndM));
        return truth.TimeAt(from) is { } a && truth.TimeAt(to) is { } b && b > a ? Math.Abs(to - from) / (b - a) : null;
    }

    private static double Apart(TruthLeg truth, ReportedVehicle report)
    {
        if (truth.Vehicle.Direction != report.Passage.Direction)
        {
            return double.PositiveInfinity;
        }

        double low = Math.Max(Math.Min(truth.StartM, truth.EndM), Math.Min(report.Passage.StartM, report.Passage.EndM));
        double high = Math.Min(Math.Max(truth.StartM, truth.EndM), Math.Max(report.Passage.StartM, report.Passage.EndM));
        if (high - low < Math.Min(LeastM, truth.LengthM / 2))
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        const int Steps = 10;
        for (int i = 0; i <= Steps; i++)
        {
            double m = low + ((high - low) * i / Steps);
            sum += truth.TimeAt(m) is { } t && report.SecondsAt(m) is { } r ? Math.Abs(t - r) : double.PositiveInfinity;
        }

        return sum / (Steps + 1);
    }
}
