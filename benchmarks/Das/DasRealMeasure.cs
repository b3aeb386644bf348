using System.Text.Json.Nodes;
using Sensing.Das;

namespace Sensing.Benchmarks.Das;

/// <summary>The chain on a real recording, against labels made by eye.</summary>
internal sealed class DasRealMeasure : IMeasure
{
    private const string Folder = "../shared/data/das/";
    private const double ToleranceSeconds = 0.5;

    /// <summary>What the labels' description names beside the rows: trams that are no truth and no false alarm.</summary>
    private static readonly (double PositionM, double Seconds)[] NamedTrams = [(65, 213.1), (230, 225.1), (150, 138.5)];

    public string Name => "das-real";

    public string Summary => "Vehicles of a real street recording against labels made by eye: F1, recall, speed error.";

    public string Inputs => "--recording FILE --labels FILE --from S --to S --calibration FILE --options FILE --list --plot FILE";

    public string Duration => "half a minute";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string recording = options.File("recording", Folder + "poznan_0902.h5");
        string labelPath = options.File("labels", Folder + "poznan_0902_labels.csv");
        double from = options.Number("from", 60), to = options.Number("to", 420);
        string? calibrationPath = options.Text("calibration");
        bool list = options.Flag("list");
        DasOptions chain = ChainOptions.Read(options) ?? DasOptions.Street;
        options.NothingElse();
        SiteCalibration? calibration = calibrationPath is null ? null
            : SiteCalibration.Parse(await File.ReadAllTextAsync(calibrationPath, cancellation));
        var pipeline = new DasPipeline(chain, RecordedVehicles.Address, calibration);
        List<ReportedVehicle> vehicles = await RecordedVehicles.RunAsync(
            pipeline, RecordedVehicles.Read(recording, cancellation), to + 30);
        IReadOnlyList<PassageLabel> labels = LabelFile.Read(labelPath);
        double reference = chain.ReferenceM ?? 65;
        ReportedVehicle[] there = [.. vehicles.Where(v => Math.Abs(v.Passage.ReferenceM - reference) < 0.01)];
        LabelScore score = LabelScore.Of(labels, there, reference, from, to, ToleranceSeconds, NamedTrams);
        Write(output, score, vehicles, list, from, to);
        return new JsonObject
        {
            ["f1"] = Math.Round(score.F1, 4),
            ["precision"] = Math.Round(score.Precision, 4),
            ["recall"] = Math.Round(score.Recall, 4),
            ["recall_strong_medium"] = Math.Round(score.RecallOf("strong", "medium"), 4),
            ["speed_error_median"] = Math.Round(score.MedianSpeedError(230, reference), 4),
            ["vehicles"] = score.Hits + score.FalseAlarms.Count,
        };
    }

    private static void Write(TextWriter output, LabelScore score, List<ReportedVehicle> vehicles, bool list, double from, double to)
    {
        foreach (PassageLabel label in score.Missed)
        {
            output.WriteLine(FormattableString.Invariant($"missed  {label.Times[65],8:0.00} s  {label.Strength,-7} {label.Note}"));
        }

        foreach (ReportedVehicle v in score.FalseAlarms)
        {
            output.WriteLine(FormattableString.Invariant(
                $"false   {v.Seconds,8:0.00} s  {v.Passage.SpeedKmh,5:0.0} km/h  confidence {v.Passage.Confidence:0.00}  {v.Passage.StartM:0} to {v.Passage.EndM:0} m"));
        }

        foreach (ReportedVehicle v in vehicles.Where(v => list && v.Seconds >= from && v.Seconds <= to).OrderBy(v => v.Seconds))
        {
            output.WriteLine(FormattableString.Invariant(
                $"vehicle {v.Seconds,8:0.00} s  {v.Passage.SpeedKmh,5:0.0} ± {v.Passage.SpeedStandardErrorKmh:0.0} km/h  {v.Passage.StartM:0} to {v.Passage.EndM:0} m  at {v.Passage.ReferenceM:0} m  confidence {v.Passage.Confidence:0.00}  {v.Passage.Class} {v.Passage.ClassProbability:0.00}  {v.Passage.Amplitude:E2}  reported {v.LeftSeconds - v.Seconds:0.0} s later"));
        }
    }
}
