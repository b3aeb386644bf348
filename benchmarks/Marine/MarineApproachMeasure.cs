using System.Text.Json.Nodes;
using Sensing.Marine.Synthetic;

namespace Sensing.Benchmarks.Marine;

/// <summary>Whether the reported errors of closest approaches are true standard deviations.</summary>
public sealed class MarineApproachMeasure : IMeasure
{
    /// <summary>True times to the approach, s: bins of the table.</summary>
    private static readonly (double From, double To)[] Bins = [(0, 60), (60, 180), (180, 360), (360, 640)];

    public string Name => "marine-approach";

    public string Summary => "Errors of reported closest approaches on synthetic voyages, against the standard deviations reported with them.";

    public string Inputs => "--seed S (default 301) --voyages N (default 5) of --hours H (default 4); --position-error M --delay S --lost SHARE as the option of the source";

    public string Duration => "1 min";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int seed = options.Whole("seed", 301), voyages = options.Whole("voyages", 5);
        var known = new SyntheticSourceOptions();
        SyntheticSourceOptions voyage = known with
        {
            DurationSeconds = options.Number("hours", 4) * 3600,
            PositionErrorM = options.Number("position-error", known.PositionErrorM),
            DelaySeconds = options.Number("delay", known.DelaySeconds),
            LostShare = options.Number("lost", known.LostShare),
        };
        options.NothingElse();
        var all = new List<ApproachCoverage.Comparison>();
        for (int i = 0; i < voyages; i++)
        {
            all.AddRange(await ApproachCoverage.PlayAsync(voyage with { Seed = seed + i }, cancellation));
        }

        var bins = new JsonArray();
        foreach ((double from, double to) in Bins)
        {
            JsonObject bin = Row([.. all.Where(one => one.TcpaS >= from && one.TcpaS < to)]);
            bin["from_s"] = from;
            bin["to_s"] = to;
            output.WriteLine(bin.ToJsonString());
            bins.Add(bin);
        }

        JsonObject result = Row(all);
        result["bins"] = bins;
        return result;
    }

    private static JsonObject Row(List<ApproachCoverage.Comparison> all)
    {
        (double cpaOne, double tcpaOne) = ApproachCoverage.Within(all, 1);
        (double cpaTwo, double tcpaTwo) = ApproachCoverage.Within(all, 2);
        return new JsonObject
        {
            ["comparisons"] = all.Count,
            ["cpa_within_1"] = Math.Round(cpaOne, 3),
            ["cpa_within_2"] = Math.Round(cpaTwo, 3),
            ["tcpa_within_1"] = Math.Round(tcpaOne, 3),
            ["tcpa_within_2"] = Math.Round(tcpaTwo, 3),
            ["cpa_rms_m"] = Math.Round(Math.Sqrt(all.Average(one => one.CpaErrorM * one.CpaErrorM)), 1),
            ["tcpa_rms_s"] = Math.Round(Math.Sqrt(all.Average(one => one.TcpaErrorS * one.TcpaErrorS)), 1),
        };
    }
}
