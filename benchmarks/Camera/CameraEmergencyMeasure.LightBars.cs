using System.Text.Json.Nodes;
using Sensing.TrafficCamera.Emergency;
using Sensing.TrafficCamera.LightBars;
using Sensing.TrafficCamera.Sirens;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <content>Light bars on vehicles of real clips, and false alarms without.</content>
internal sealed partial class CameraEmergencyMeasure
{
    /// <summary>Seconds that a vehicle must be seen to be scored: three groups of the slowest light bar and the frames
    /// before them.</summary>
    private const double LeastSeconds = 2.5;
    private const double LeastWidth = 14;
    private const double LeastRate = 12;

    private static readonly (string Path, string? Detections)[] Clips =
    [
        ("cdnet_highway/input", null), ("sbi_highway1/input", null), ("cdnet_traffic_jitter/input", null),
        ("beijing_ring_b.mp4", null), ("car_park_lane.mp4", null), ("residential_street.mp4", null),
        ("german_junction/frames", "german_junction/detections.json"),
    ];

    private static void MeasureLightBars(
        string folder, int seed, (double Nats, bool IsSiren)[] sirens, TextWriter output,
        JsonObject figures, CancellationToken cancellation)
    {
        LightBarTally bars = new(), confusers = new();
        Reliability light = new(), fused = new();
        PlainTotals plainTotals = new();
        double confuserSeconds = 0;
        foreach ((string path, string? detections) in Clips)
        {
            string clip = Path.Combine(folder, path);
            double fullRate = clip.Contains("german", StringComparison.Ordinal) ? 30 : RawVideo.RateOf(clip);
            List<Frame> all = RawVideo.Read(clip, fullRate);
            VehicleTracks found = detections is null
                ? VehicleTracks.OfMotion(all) : VehicleTracks.OfDetections(Path.Combine(folder, detections));
            for (int step = 1; fullRate / step >= LeastRate && step <= 2; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                double rate = fullRate / step;
                List<Frame> plain = [.. all.Where((_, i) => i % step == 0)];
                IReadOnlyList<Dictionary<int, VehicleBox>> boxes = Thin(found.All, step, plain.Count);
                plainTotals.Add(path, rate, LightBarScore.Of(plain, boxes, rate), output);
                int[] scored = [.. Enumerable.Range(0, boxes.Count).Where(t => IsScored(boxes[t], rate))];
                if (scored.Length > 0)
                {
                    Random random = new(seed + step);
                    (List<Frame> frames, Dictionary<int, int> kinds) =
                        Scene(plain, boxes, scored, rate, step - 1, random);
                    LightBarScore score = LightBarScore.Of(frames, boxes, rate);
                    frames.ForEach(f => f.Dispose());
                    Score(path, rate, boxes, kinds, score, bars, confusers, output);
                    Fuse(kinds, score, sirens, random, light, fused);
                    confuserSeconds += frames.Count / rate;
                }
            }

            all.ForEach(f => f.Dispose());
        }

        bars.Write("Light bars reported", output);
        confusers.Write("Taken for a light bar", output);
        light.Write("Confidence of the fusion, light bars alone", output);
        if (sirens.Length > 0)
        {
            fused.Write("Confidence of the fusion, light bars and sirens", output);
            figures["fused_calibration_error"] = Math.Round(fused.Error, 4);
        }

        figures["lightbar_recall"] = Math.Round(bars.Share(25), 4);
        figures["lightbar_recall_12_to_15_fps"] = Math.Round(bars.Share(12), 4);
        figures["lightbars"] = bars.All;
        figures["confusers_reported"] = confusers.Reported;
        figures["confusers"] = confusers.All;
        double confuserHours = Math.Max(confuserSeconds / 3600, 1e-9);
        figures["confuser_alarms_per_hour"] = Math.Round(confusers.Reported / confuserHours, 3);
        figures["lightbar_calibration_error"] = Math.Round(light.Error, 4);
        plainTotals.Write(figures);
    }

    /// <summary>Draws a lamp on each scored vehicle, light bars and confusers in turn, and encodes the
    /// result.</summary>
    private static (List<Frame> Frames, Dictionary<int, int> Kinds) Scene(
        List<Frame> plain, IReadOnlyList<Dictionary<int, VehicleBox>> boxes, int[] scored, double rate, int pass,
        Random random)
    {
        int bars = LightBarScene.Bars.Length, all = bars + LightBarScene.Confusers.Length;
        List<Frame> scene = [.. plain.Select(f => f.Copy())];
        Dictionary<int, int> kinds = [];
        for (int i = 0; i < scored.Length; i++)
        {
            // Coprime to the number of kinds: neighbours differ, each kind comes equally often.
            int kind = ((3 * i) + (4 * pass)) % all;
            kinds[scored[i]] = kind;
            if (kind < bars)
            {
                LightBarScene.DrawBar(scene, boxes[scored[i]], kind, rate, random);
            }
            else
            {
                LightBarScene.DrawConfuser(scene, boxes[scored[i]], kind - bars, rate, random);
            }
        }

        List<Frame> compressed = RawVideo.Compress(scene, rate, 27);
        scene.ForEach(f => f.Dispose());
        return (compressed, kinds);
    }

    private static void Score(
        string path, double rate, IReadOnlyList<Dictionary<int, VehicleBox>> boxes, Dictionary<int, int> kinds,
        LightBarScore score, LightBarTally bars, LightBarTally confusers, TextWriter output)
    {
        foreach ((int track, int kind) in kinds)
        {
            bool isBar = kind < LightBarScene.Bars.Length;
            string name = isBar ? LightBarScene.Bars[kind] : LightBarScene.Confusers[kind - LightBarScene.Bars.Length];
            (double evidence, bool reported, double _) = score.Vehicles.GetValueOrDefault(track);
            (isBar ? bars : confusers).Add(name, rate, reported);
            if (isBar != reported)
            {
                (double width, double seconds) = (boxes[track].Values.Average(b => b.Width), boxes[track].Count / rate);
                output.WriteLine(FormattableString.Invariant(
                    $"  {(isBar ? "missed" : "confused")} {name}: {width:0} px for {seconds:0.0} s, {evidence:0.0} nats"));
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{path} at {rate:0.0} frames/s: {kinds.Count} vehicles with lamps"));
        output.Flush();
    }

    /// <summary>Feeds each vehicle's readings, and sounds of the clips, to the fusion with the true share of light bars
    /// as its prior.</summary>
    private static void Fuse(
        Dictionary<int, int> kinds, LightBarScore score, IReadOnlyList<(double Nats, bool IsSiren)> sirens,
        Random random, Reliability light, Reliability fused)
    {
        double all = LightBarScene.Bars.Length + LightBarScene.Confusers.Length;
        EmergencyOptions options = new() { PriorShare = LightBarScene.Bars.Length / all };
        double[] on = [.. sirens.Where(s => s.IsSiren).Select(s => s.Nats)];
        double[] off = [.. sirens.Where(s => !s.IsSiren).Select(s => s.Nats)];
        foreach ((int track, int kind) in kinds)
        {
            LightBarReading[] readings = [.. score.Readings.Where(r => r.Vehicle == track)];
            if (readings.Length == 0)
            {
                continue;
            }

            bool isBar = kind < LightBarScene.Bars.Length;
            EmergencyFusion fusion = new(options);
            Array.ForEach(readings, fusion.Observe);
            DateTimeOffset end = readings[^1].Time;
            light.Add(fusion.Confidence(track, end), isBar);
            if (on.Length > 0 && off.Length > 0)
            {
                bool heard = random.NextDouble() < (isBar ? options.SirenShare : options.ForeignSirenShare);
                double nats = heard ? on[random.Next(on.Length)] : off[random.Next(off.Length)];
                fusion.Observe(new SirenReading(end, 1 / (1 + Math.Exp(-nats)), nats, nats > 0));
                fused.Add(fusion.Confidence(track, end), isBar);
            }
        }
    }

    private static IReadOnlyList<Dictionary<int, VehicleBox>> Thin(
        IReadOnlyList<Dictionary<int, VehicleBox>> tracks, int step, int frames) =>
    [
        .. tracks.Select(t => t.Where(b => b.Key % step == 0 && b.Key / step < frames)
            .ToDictionary(b => b.Key / step, b => b.Value)),
    ];

    private static bool IsScored(Dictionary<int, VehicleBox> boxes, double rate) =>
        boxes.Count / rate >= LeastSeconds && boxes.Values.Average(b => b.Width) >= LeastWidth;

    private static void MeasureVideo(string file, TextWriter output, JsonObject figures)
    {
        double rate = RawVideo.RateOf(file);
        List<Frame> frames = RawVideo.Read(file);
        VehicleTracks tracks = VehicleTracks.OfMotion(frames);
        // A vehicle that stands from the first frame on, or fills the picture, is not in the tracks: regions all over
        // the picture
        // stand for it.
        List<Dictionary<int, VehicleBox>> regions = [.. tracks.All];
        for (int y = 0; y < 6; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                VehicleBox box = new((x * 80) - 20, y * 60, 120, 150);
                regions.Add(Enumerable.Range(0, frames.Count).ToDictionary(f => f, _ => box));
            }
        }

        HashSet<long> on = [];
        int every = (int)Math.Max(Math.Round(rate / 25), 1);
        LightBarScore score = LightBarScore.Of(frames, regions, rate, every, reading =>
        {
            if (reading.IsOn && on.Add(reading.Vehicle))
            {
                double second = (reading.Time - DateTimeOffset.UnixEpoch).TotalSeconds;
                string what = reading.Vehicle < tracks.All.Count ? "vehicle" : "region";
                output.WriteLine(FormattableString.Invariant(
                    $"{second,8:0.0} s  {what,-8}{reading.Vehicle,5}  {reading.Colour,-5}")
                    + FormattableString.Invariant($" {reading.FrequencyHz:0.00} Hz  {reading.LogLikelihoodRatio:0.0} nats"));
            }
        });
        figures["seconds"] = Math.Round(score.Seconds, 1);
        figures["vehicles"] = tracks.All.Count;
        figures["lightbars_on_vehicles"] = on.Count(v => v < tracks.All.Count);
        figures["lightbars_in_regions"] = on.Count(v => v >= tracks.All.Count);
        figures["lightbar_found"] = on.Count > 0;
    }
}
