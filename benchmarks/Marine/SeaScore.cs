using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sensing.Marine.Impacts;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Models;

namespace Sensing.Benchmarks.Marine;

/// <summary>Simulated voyages that no training uses, cut as on board; the ONNX file answers, not the network that it was made from.</summary>
internal static class SeaScore
{
    private const int Voyages = 150;

    /// <summary>Of voyages that are measured; training draws from other ranges.</summary>
    private const int MeasuredSeed = 500_000_000;

    /// <summary>Slams and jolts of the engine that are brought about on voyages for false impacts, besides the slams of the sea itself.</summary>
    private const double ShakenEverySeconds = 60;

    public static void Measure(int seeds, double hours, JsonObject result, TextWriter output, CancellationToken cancellation)
    {
        ScoreSpread accuracy = new(), noise = new(), turned = new(), error = new(), falseHour = new(), alarmed = new();
        var recall = Enumerable.Range(0, SimulatedWindows.Classes.Count).Select(_ => new ScoreSpread()).ToArray();
        double microseconds = 0;
        int bytes = 0, missed = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            TrainedModel trained = ImpactTraining.Train([], seed, cancellation: cancellation);
            byte[] file = NetworkFile.Write(trained.Network, "measured");
            bytes = Math.Max(bytes, file.Length);
            using var model = new ImpactModel(
                new ModelDescription("impacts", $"0.{seed}", Convert.ToHexStringLower(SHA256.HashData(file)), file.Length), file, new WindowFeatures().Names.Count);
            SeaTally plain = Sail(model, 1, 2, cancellation);
            accuracy.Add(plain.Accuracy);
            error.Add(plain.CalibrationError);
            missed += plain.Missed;
            alarmed.Add(plain.Alarmed(new ImpactOptions().AlarmProbability));
            for (int label = 0; label < recall.Length; label++)
            {
                recall[label].Add(plain.Recall(label));
            }

            noise.Add(Sail(model, 2, 2, cancellation).Accuracy);
            turned.Add(Sail(model, 1, 10, cancellation).Accuracy);
            falseHour.Add(FalseImpacts(model, hours, seed, cancellation) / hours);
            microseconds = Math.Max(microseconds, Time(model));
            output.WriteLine($"seed {seed}: {trained.Examples} windows learnt\n{plain}");
        }

        accuracy.Write(result, "accuracy");
        noise.Write(result, "accuracy_noise_doubled");
        turned.Write(result, "accuracy_turned_10deg");
        falseHour.Write(result, "false_impacts_per_hour");
        alarmed.Write(result, "impacts_alarmed");
        error.Write(result, "calibration_error");
        var byClass = new JsonObject();
        foreach ((string name, ScoreSpread share) in SimulatedWindows.Classes.Zip(recall))
        {
            byClass[name] = Math.Round(share.Mean, 4);
        }

        result["recall"] = byClass;
        result["impacts_not_cut_out"] = missed;
        result["us_per_window"] = Math.Round(microseconds, 1);
        result["model_bytes"] = bytes;
        output.WriteLine($"accuracy {accuracy}, noise doubled {noise}, sensor turned 10° {turned}, calibration error {error}, false impacts an hour {falseHour}, impacts alarmed {alarmed}");
        output.WriteLine(FormattableString.Invariant($"{microseconds:0} µs a window with its features, {bytes} bytes"));
    }

    private static SeaTally Sail(ImpactModel model, double noise, double turnedDeg, CancellationToken cancellation)
    {
        var features = new WindowFeatures();
        var tally = new SeaTally();
        for (int i = 0; i < Voyages; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var options = new VoyageOptions { Seed = MeasuredSeed + i, Noise = noise, TurnedDeg = turnedDeg };
            List<SimulatedWindow> windows = SimulatedWindows.Of(options, out int missed);
            foreach (SimulatedWindow window in windows.Where(window => window.Event is null))
            {
                tally.Add((int)window.Class, model.Classify(features.Of(window.Motion)));
            }

            // An event may be cut out more than once, as its motion grows. What the node acts on is the first window that is not called none.
            foreach (IGrouping<SimulatedEvent, SimulatedWindow> motion in windows.Where(window => window is { Event: not null, IsLate: false }).GroupBy(window => window.Event!))
            {
                float[][] answers = [.. motion.Select(window => model.Classify(features.Of(window.Motion)))];
                tally.Add((int)motion.Key.Class, answers.FirstOrDefault(answer => Calibration.Best(answer) != (int)ImpactClass.None) ?? answers[^1]);
            }

            tally.Missed += missed;
        }

        return tally;
    }

    /// <summary>Impacts that the pipeline would report at its default probability, in hours without any.</summary>
    private static int FalseImpacts(ImpactModel model, double hours, int seed, CancellationToken cancellation)
    {
        const double Minutes = 5;
        double threshold = new ImpactOptions().AlarmProbability;
        var features = new WindowFeatures();
        int found = 0;
        for (int i = 0; i < hours * 60 / Minutes; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var options = new VoyageOptions
            {
                Seed = MeasuredSeed + (seed * 1_000_000) + i,
                Seconds = Minutes * 60,
                EventEverySeconds = ShakenEverySeconds,
                Impacts = false,
                TurnedDeg = 2,
            };
            found += SimulatedWindows.Of(options, out _).Count(
                window => model.Classify(features.Of(window.Motion))[(int)ImpactClass.Glancing..].Sum() >= threshold);
        }

        return found;
    }

    /// <summary>Processor time of a window, features and model, µs; the first round warms up.</summary>
    private static double Time(ImpactModel model)
    {
        const int Repeats = 3000;
        var features = new WindowFeatures();
        SimulatedWindow window = SimulatedWindows.Of(new VoyageOptions { Seed = MeasuredSeed }, out _)[0];
        double best = double.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < Repeats; i++)
            {
                model.Classify(features.Of(window.Motion));
            }

            best = round == 0 ? best : Math.Min(best, (Environment.CpuUsage.TotalTime - begin).TotalMicroseconds / Repeats);
        }

        return best;
    }
}
