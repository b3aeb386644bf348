using System.Text.Json.Nodes;
using Sensing.Das;
using Sensing.Das.Figures;

namespace Sensing.Benchmarks.Das;

/// <summary>The chain on a real recording, against labels made by eye.</summary>
internal sealed class DasRealMeasure : IMeasure
{
    private const string Folder = "../shared/data/das/";
    private const double ToleranceSeconds = 0.5;
    private const int Starts = 10;

    /// <summary>What the described labels' own description names beside the rows: trams that are no truth and no false alarm.</summary>
    private const string DescribedRecording = "poznan_0902.h5";
    private static readonly (double PositionM, double Seconds)[] NamedTrams = [(65, 213.1), (230, 225.1), (150, 138.5)];

    /// <summary>The street in Poznań: the preset, and where the road lies and which way it goes.</summary>
    private static readonly DasOptions Site = DasOptions.Street with { FromM = 54, ToM = 266, Directions = Directions.Decreasing };

    public string Name => "das-real";

    public string Summary => "Vehicles of a real street recording against labels made by eye: F1, recall, speed error, from the beginning and from other starts.";

    public string Inputs => "--recording FILE --labels FILE --from S --to S --calibration FILE --options FILE --list --plot FILE --start S";

    public string Duration => "a minute or two";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string recording = options.File("recording", Folder + "poznan_0902.h5");
        string labelPath = options.File("labels", Folder + "poznan_0902_labels.csv");
        double from = options.Number("from", 60), to = options.Number("to", 420);
        string? calibrationPath = options.Text("calibration");
        bool list = options.Flag("list");
        string? start = options.Text("start");
        double onlyStart = options.Number("start", 0);
        ScoredPicture? picture = options.Text("plot") is { } file ? new ScoredPicture(file, from, to) : null;
        DasOptions chain = ChainOptions.Read(options) ?? Site;
        options.NothingElse();
        if (to <= from)
        {
            throw new MeasureException($"--to ({to} s) must be after --from ({from} s).");
        }

        LabelSet labels = LabelFile.Read(labelPath);
        SiteCalibration? calibration = calibrationPath is null ? null
            : SiteCalibration.Parse(await File.ReadAllTextAsync(calibrationPath, cancellation));

        // Passages are timed at the reference: where the labels are compared.
        chain = chain with { ReferenceM = labels.ScoredM, Report = chain.Report with { TileRateHz = ScoredPicture.TileRateHz } };
        DateTimeOffset begun = default;
        var pipeline = new DasPipeline(chain, RecordedVehicles.Address, calibration);
        List<ReportedVehicle> vehicles = await RecordedVehicles.RunAsync(
            pipeline, Noting(RecordedVehicles.Read(recording, cancellation), first => begun = first), to + 30, picture?.Window);
        ReportedVehicle[] there = [.. vehicles.Where(v => Math.Abs(v.Passage.ReferenceM - labels.ScoredM) < 0.01)];
        (double, double)[] excused = Path.GetFileName(recording) == DescribedRecording ? NamedTrams : [];
        LabelScore score = LabelScore.Of(labels.Rows, there, labels.ScoredM, from, to, ToleranceSeconds,
            excused);
        if (score.Hits + score.Missed.Count == 0)
        {
            throw new MeasureException(FormattableString.Invariant(
                $"{labelPath}: no clear row passes {labels.ScoredM} m between {from} and {to} s: choose the window with --from and --to."));
        }

        picture?.Save(
            FormattableString.Invariant($"{Path.GetFileName(recording)}, {from} to {to} s: F1 {score.F1:0.000}"),
            [
                .. score.Pairs.Select(p => new FigureMark("label found", p.Label.Times[labels.ScoredM], labels.ScoredM)),
                .. score.Missed.Select(m => new FigureMark("label missed", m.Times[labels.ScoredM], labels.ScoredM)),
                .. score.FalseAlarms.Select(v => new FigureMark("false alarm", v.Seconds, labels.ScoredM)),
            ],
            begun);
        Write(output, score, vehicles, labels, list, from, to);
        double length = await RecordedRing.LengthAsync(recording, cancellation);
        if (onlyStart < 0 || onlyStart >= length)
        {
            throw new MeasureException(FormattableString.Invariant($"--start ({onlyStart} s) must lie within the recording, 0 to {length:0} s."));
        }

        List<StartScore> starts = [];
        foreach (double at in start is null ? Enumerable.Range(0, Starts).Select(i => i * length / Starts) : [onlyStart])
        {
            starts.Add(await StartScore.RunAsync(chain, recording, length, labels, at, (from, to), ToleranceSeconds, excused, cancellation));
            WriteStart(output, starts[^1]);
        }

        (double Error, double StandardError)[] errors = [.. starts.SelectMany(s => s.SpeedErrors)];
        double? speedError = labels.SpeedBetween is { } between ? score.MedianSpeedError(between.FromM, between.ToM) : null;
        return new JsonObject
        {
            ["f1"] = Math.Round(score.F1, 4),
            ["precision"] = Math.Round(score.Precision, 4),
            ["recall"] = Math.Round(score.Recall, 4),
            ["recall_strong_medium"] = score.RecallOf("strong", "medium") is { } recall ? Math.Round(recall, 4) : null,
            ["speed_error_median"] = speedError is { } error ? Math.Round(error, 4) : null,
            ["vehicles"] = score.Hits + score.FalseAlarms.Count,
            ["starts"] = starts.Count,
            ["f1_worst_start"] = Math.Round(starts.Min(s => s.Score.F1), 4),
            ["speed_bias_worst_start"] = starts.Max(s => Math.Abs(s.SpeedBias ?? 0)) is var bias && errors.Length > 0 ? Math.Round(bias, 4) : null,
            ["within_1_se"] = Within(errors, 1),
            ["within_2_se"] = Within(errors, 2),
        };
    }

    /// <summary>Share of the errors within so many standard errors; null where no speed is labelled.</summary>
    private static double? Within((double Error, double StandardError)[] errors, int deviations) => errors.Length == 0 ? null
        : Math.Round(errors.Count(e => Math.Abs(e.Error) <= deviations * e.StandardError) / (double)errors.Length, 3);

    private static void WriteStart(TextWriter output, StartScore start)
    {
        double? middle = StartScore.Median(start.SpeedErrors.Select(e => Math.Abs(e.Error)));
        output.WriteLine(FormattableString.Invariant(
            $"start   {start.StartSeconds,8:0} s  F1 {start.Score.F1:0.000}  speed bias {start.SpeedBias:+0.0 %;-0.0 %}  error {middle:0.0 %}  of {start.SpeedErrors.Count}"));
    }

    /// <summary>The blocks; tells the time of the first.</summary>
    private static async IAsyncEnumerable<DasBlock> Noting(IAsyncEnumerable<DasBlock> blocks, Action<DateTimeOffset> first)
    {
        bool begun = false;
        await foreach (DasBlock block in blocks)
        {
            if (!begun)
            {
                first(block.Time);
                begun = true;
            }

            yield return block;
        }
    }

    private static void Write(TextWriter output, LabelScore score, List<ReportedVehicle> vehicles, LabelSet labels, bool list, double from, double to)
    {
        output.WriteLine(FormattableString.Invariant(
            $"{score.Hits + score.Missed.Count} clear rows at {labels.ScoredM} m; speed {(labels.SpeedBetween is { } b ? FormattableString.Invariant($"between {b.FromM} and {b.ToM} m") : "not compared: one position alone is labelled")}"));
        foreach (PassageLabel label in score.Missed)
        {
            output.WriteLine(FormattableString.Invariant($"missed  {label.Times[labels.ScoredM],8:0.00} s  {label.Strength,-7} line {label.Line}  {label.Note}"));
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
