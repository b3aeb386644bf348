using System.Text.Json.Nodes;
using Sensing.Das;
using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Das.Figures;
using Sensing.Das.Synthetic;

namespace Sensing.Benchmarks.Das;

/// <summary>The chain on synthetic recordings with known truth, scenario by scenario over many seeds.</summary>
internal sealed class DasSyntheticMeasure : IMeasure
{
    private const double ToleranceSeconds = 0.6;
    private static readonly string[] Scenarios = ["free_flow", "opposing", "platoon", "stop_go", "dead_channels"];

    public string Name => "das-synthetic";

    public string Summary => "Vehicles of synthetic recordings against their truth: F1, speed error and class accuracy by scenario.";

    public string Inputs => "--seeds N --first-seed N --seconds S --snr DB --scenario NAME --options FILE --seed N (one seed, vehicle by vehicle, with a picture a scenario: --plot FOLDER, default: here)";

    public string Duration => "a few minutes for 20 seeds";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int one = options.Whole("seed", -1), first = options.Whole("first-seed", 2000), seeds = options.Whole("seeds", 20);
        double seconds = options.Number("seconds", 300), snr = options.Number("snr", 6);
        string? scenario = options.Text("scenario");
        DasOptions? given = ChainOptions.Read(options);
        string? folder = options.Text("plot") ?? (one >= 0 ? "." : null);
        if (one < 0 && folder is not null)
        {
            throw new MeasureException("--plot draws one seed: name it with --seed N.");
        }

        options.NothingElse();
        (first, seeds) = one >= 0 ? (one, 1) : (first, seeds);
        ClassModel? classes = await CalibrateAsync(seconds, snr, cancellation);
        var figures = new JsonObject();
        output.WriteLine("scenario        vehicles     f1  precision  recall  speed err.  class acc.");
        foreach (string name in scenario is null ? Scenarios : [scenario])
        {
            JsonObject row = await RunAsync(name, first, seeds, seconds, snr, given ?? OptionsOf(name), classes, one >= 0 ? output : null, folder is null ? null : Path.Combine(folder, $"das-{name}-{one}.png"), cancellation);
            output.WriteLine(FormattableString.Invariant(
                $"{name,-14} {(int)row["vehicles"]!,9} {(double)row["f1"]!,6:0.000}  {(double)row["precision"]!,9:0.000}  {(double)row["recall"]!,6:0.000}  {(double)row["speed_error_median"]!,10:0.0000}  {(double)row["class_accuracy"]!,10:0.000}"));
            figures[name] = row;
        }

        figures["seeds"] = seeds;
        figures["snr_db"] = snr;
        return figures;
    }

    private static SyntheticOptions Road(string scenario, long seed, double snr) =>
        new() { Scenario = scenario, Seed = seed, SnrDb = snr };

    private static DasOptions OptionsOf(string scenario) => scenario == "stop_go" ? DasOptions.Signal : DasOptions.Highway;

    /// <summary>The site's own mixture, without labels, from a recording that no scenario is scored on.</summary>
    private static async Task<ClassModel?> CalibrateAsync(double seconds, double snr, CancellationToken cancellation)
    {
        var road = new SyntheticScenario(Road("opposing", 1_000_000, snr) with { FlowFactor = 3 });
        SiteCalibration calibration = await SiteCalibrator.RunAsync(DasOptions.Highway, Blocks(road, 3 * seconds), cancellation);
        return calibration.Classes;
    }

    private static async Task<JsonObject> RunAsync(
        string name, int first, int seeds, double seconds, double snr, DasOptions chain, ClassModel? classes, TextWriter? detail, string? plot, CancellationToken cancellation)
    {
        int hits = 0, missed = 0, wrong = 0, right = 0;
        var errors = new List<double>();
        for (int seed = first; seed < first + seeds; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            var road = new SyntheticScenario(Road(name, seed, snr));
            SyntheticTruth truth = road.Truth(seconds);
            SiteCalibration? calibration = classes is null ? null : SiteCalibrator.Of(chain, road.Geometry, classes);
            ScoredPicture? picture = plot is null ? null : new ScoredPicture(plot, 0, seconds);
            List<ReportedVehicle> reports = await RecordedVehicles.RunAsync(
                new DasPipeline(chain, RecordedVehicles.Address, calibration), Blocks(road, seconds), plot: picture?.Window);
            SyntheticScore score = SyntheticScore.Of(truth, reports, ToleranceSeconds);
            picture?.Save($"{name}, seed {seed}", Marks(score), road.Epoch);
            detail?.WriteLine($"  picture: {plot}");
            hits += score.Hits;
            missed += score.Missed;
            wrong += score.FalseAlarms;
            foreach ((TruthLeg leg, ReportedVehicle report) in score.Pairs)
            {
                right += (leg.Vehicle.Class == VehicleClass.Small) == (report.Passage.Class == VehicleClass.Small) ? 1 : 0;
                if (SyntheticScore.SpeedOver(leg, report) is { } speed)
                {
                    errors.Add(Math.Abs((report.SpeedMs / speed) - 1));
                }
            }

            Write(detail, score);
        }

        errors.Sort();
        return new JsonObject
        {
            ["f1"] = Round(hits == 0 ? 0 : 2.0 * hits / ((2 * hits) + missed + wrong)),
            ["precision"] = Round(hits == 0 ? 0 : (double)hits / (hits + wrong)),
            ["recall"] = Round(hits == 0 ? 0 : (double)hits / (hits + missed)),
            ["speed_error_median"] = errors.Count == 0 ? 0 : Round(errors[errors.Count / 2]),
            ["class_accuracy"] = hits == 0 ? 0 : Round((double)right / hits),
            ["vehicles"] = hits + missed,
        };
    }

    /// <summary>Found and missed legs where they end, false alarms where they were timed.</summary>
    private static IEnumerable<FigureMark> Marks(SyntheticScore score) =>
    [
        .. score.Pairs.Select(p => new FigureMark("vehicle found", p.Truth.EndSeconds, p.Truth.EndM)),
        .. score.Unseen.Select(t => new FigureMark("vehicle missed", t.EndSeconds, t.EndM)),
        .. score.Unmatched.Select(r => new FigureMark("false alarm", r.Seconds, r.Passage.ReferenceM)),
    ];

    private static void Write(TextWriter? output, SyntheticScore score)
    {
        if (output is null)
        {
            return;
        }

        foreach ((TruthLeg t, ReportedVehicle r) in score.Pairs.OrderBy(p => p.Truth.EndSeconds))
        {
            output.WriteLine(FormattableString.Invariant(
                $"  found  until {t.EndSeconds,6:0.0} s  {t.StartM,4:0} to {t.EndM,4:0} m  {t.Vehicle.Class,-5}  reported {r.Passage.StartM:0} to {r.Passage.EndM:0} m, {r.Passage.SpeedKmh:0.0} km/h, {r.Passage.Class}, {r.Passage.Amplitude:E1} 1/s, confidence {r.Passage.Confidence:0.00}"));
        }

        foreach (TruthLeg t in score.Unseen)
        {
            output.WriteLine(FormattableString.Invariant(
                $"  missed until {t.EndSeconds,6:0.0} s  {t.StartM,4:0} to {t.EndM,4:0} m  {t.Vehicle.Class}"));
        }

        foreach (ReportedVehicle r in score.Unmatched)
        {
            output.WriteLine(FormattableString.Invariant(
                $"  false  {r.Seconds,6:0.0} s  {r.Passage.StartM:0} to {r.Passage.EndM:0} m, {r.Passage.SpeedKmh:0.0} km/h, {r.Passage.Amplitude:E1} 1/s, confidence {r.Passage.Confidence:0.00}"));
        }
    }

    internal static async IAsyncEnumerable<DasBlock> Blocks(SyntheticScenario road, double seconds)
    {
        foreach (DasBlock block in road.Blocks(seconds))
        {
            yield return block;
        }

        await Task.CompletedTask;
    }

    private static double Round(double value) => Math.Round(value, 4);
}
