using System.Text.Json.Nodes;
using Sensing.TrafficCamera.Sirens;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>Sirens in clips of sound, and light bars on vehicles of real clips.</summary>
internal sealed partial class CameraEmergencyMeasure : IMeasure
{
    private const string Folder = "../shared/data/camera";

    public string Name => "camera-emergency";

    public string Summary => "Emergency vehicles: sirens in clips of sound, light bars on vehicles of real clips, false alarms without.";

    public string Inputs => "--audio DIR (class in the file name) --video FILE --clips DIR --seed N --part sirens|lightbars --list --fit";

    public string Duration => "five minutes";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? video = options.Text("video"), audio = options.Text("audio"), part = options.Text("part");
        string clips = options.Text("clips") ?? Folder;
        int seed = options.Whole("seed", 7);
        bool list = options.Flag("list"), fit = options.Flag("fit");
        options.NothingElse();
        if (part is not (null or "sirens" or "lightbars"))
        {
            throw new MeasureException($"--part must be sirens or lightbars, not '{part}'.");
        }

        JsonObject figures = [];
        if (fit)
        {
            Fit(audio ?? Path.Combine(clips, "siren"), output, figures, cancellation);
        }
        else if (video is not null)
        {
            MeasureVideo(options.File("video", video), output, figures);
            if (SoundFile.TryDecode(video) is { } sound)
            {
                (double most, double onSeconds) = Run(sound);
                figures["siren_max_probability"] = Math.Round(1 / (1 + Math.Exp(-most)), 4);
                figures["siren_on_seconds"] = Math.Round(onSeconds, 1);
            }
        }
        else
        {
            if (part is null or "sirens")
            {
                MeasureSirens(audio ?? Path.Combine(clips, "siren"), list, output, figures, cancellation);
            }

            if (part is null or "lightbars" && audio is null)
            {
                string sounds = Path.Combine(clips, "siren");
                // Each fourth clip of both kinds is enough for the fusion.
                var sirens = !Directory.Exists(sounds) ? []
                    : SirenClip.In(sounds).Where(c => c.Number % 4 == 0).Select(c => (Run(SoundFile.Read(c.Path)).Most, c.IsSiren)).ToArray();
                MeasureLightBars(clips, seed, sirens, output, figures, cancellation);
            }
        }

        return Task.FromResult(figures);
    }

    /// <summary>The largest log-odds of a sound and how long a siren was reported.</summary>
    private static (double Most, double OnSeconds) Run(Sound sound)
    {
        SirenDetector detector = new(new SirenOptions());
        double most = double.NegativeInfinity, on = 0;
        detector.Next(sound, DateTimeOffset.UnixEpoch, reading =>
        {
            most = Math.Max(most, reading.LogLikelihoodRatio);
            on += reading.IsOn ? SirenDetector.ReadingInterval.TotalSeconds : 0;
        });
        return (most, on);
    }

    private static void MeasureSirens(string folder, bool list, TextWriter output, JsonObject figures, CancellationToken cancellation)
    {
        IReadOnlyList<SirenClip> clips = Clipped(folder);
        List<(SirenClip Clip, double Most, bool On)> results = [];
        foreach (SirenClip clip in clips)
        {
            cancellation.ThrowIfCancellationRequested();
            (double most, double on) = Run(SoundFile.Read(clip.Path));
            results.Add((clip, most, on > 0));
            if (list || clip.IsSiren != on > 0)
            {
                output.WriteLine(FormattableString.Invariant(
                    $"{(clip.IsSiren ? "siren" : "other"),-6} {(clip.IsSiren == on > 0 ? "" : clip.IsSiren ? "missed" : "false"),-7} {clip.Name,-24} {most,6:0.0} nats, reported {on:0.0} s"));
            }
        }

        var score = SirenScore.Of([.. results.Select(r => (r.Clip.IsSiren, r.Most, r.On))]);
        output.WriteLine(FormattableString.Invariant(
            $"sirens: {score.Sirens} sirens, {score.Others} others, F1 {score.F1:0.000}, missed {score.Missed}, ")
            + FormattableString.Invariant(
                $"false {score.False}, recall without a false alarm {score.RecallAtZeroFalse:0.000}"));
        figures["siren_f1"] = Math.Round(score.F1, 4);
        figures["siren_recall_at_zero_false"] = Math.Round(score.RecallAtZeroFalse, 4);
    }

    private static void Fit(string folder, TextWriter output, JsonObject figures, CancellationToken cancellation)
    {
        SirenFit fit = new();
        SirenTraining.Add(fit, Clipped(folder), cancellation);
        output.WriteLine(string.Join(", ", fit.Fit().Select(w => FormattableString.Invariant($"{w:0.####}f"))));
        output.Flush();
        var results = fit.CrossValidate();
        (string Part, string Suffix, Func<string, bool> Is)[] parts =
        [
            ("clips", "", name => !char.IsUpper(name[0]) && !name.Contains('.')),
            ("clips, changed", "_changed", name => !char.IsUpper(name[0]) && name.Contains('.')),
            ("synthetic", "_synthetic", name => char.IsUpper(name[0])),
        ];
        foreach ((string part, string suffix, Func<string, bool> isIn) in parts)
        {
            var chosen = results.Where(r => isIn(r.Name)).ToArray();
            double on = Math.Log(4);
            var score = SirenScore.Of([.. chosen.Select(r => (r.IsSiren, r.LogOdds, r.LogOdds >= on))]);
            output.WriteLine(FormattableString.Invariant(
                $"cross-validated, {part}: F1 {score.F1:0.000}, missed {score.Missed} of {score.Sirens}, false {score.False}, ")
                + FormattableString.Invariant($"recall without a false alarm {score.RecallAtZeroFalse:0.000}"));
            figures["siren_f1_cross_validated" + suffix] = Math.Round(score.F1, 4);
            figures["siren_recall_at_zero_false_cross_validated" + suffix] = Math.Round(score.RecallAtZeroFalse, 4);
            foreach (var bin in chosen.GroupBy(r => Math.Min((int)(5 / (1 + Math.Exp(-r.LogOdds))), 4)).OrderBy(b => b.Key))
            {
                output.WriteLine(FormattableString.Invariant(
                    $"  probability {bin.Key / 5.0:0.0} to {(bin.Key + 1) / 5.0:0.0}: {bin.Count(r => r.IsSiren)} of {bin.Count()} are sirens"));
            }

            output.WriteLine("  worst sirens: " + Named(chosen.Where(r => r.IsSiren).OrderBy(r => r.LogOdds)));
            output.WriteLine("  worst others: " + Named(chosen.Where(r => !r.IsSiren).OrderByDescending(r => r.LogOdds)));
        }

        figures["examples"] = fit.Count;

        static string Named(IEnumerable<(string Name, bool IsSiren, double LogOdds)> sounds) => string.Join(
            ", ", sounds.Take(12).Select(s => FormattableString.Invariant($"{s.Name} {s.LogOdds:0.0}")));
    }

    private static IReadOnlyList<SirenClip> Clipped(string folder) =>
        !Directory.Exists(folder) ? throw new MeasureException($"{folder} does not exist: name a folder of sounds with --audio DIR.")
        : SirenClip.In(folder) is { Count: > 0 } clips ? clips
        : throw new MeasureException($"{folder} holds no sounds.");
}
