using System.Text.Json.Nodes;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <content>Light bars on vehicles of real clips, and false alarms without.</content>
internal sealed partial class CameraEmergencyMeasure
{
    /// <summary>Seconds that a vehicle must be seen to be scored: three groups of the slowest light bar and the frames before them.</summary>
    private const double LeastSeconds = 2.5;
    private const double LeastWidth = 14;

    private static readonly (string Path, string? Detections)[] Clips =
    [
        ("cdnet_highway/input", null), ("sbi_highway1/input", null), ("cdnet_traffic_jitter/input", null), ("beijing_ring_b.mp4", null),
        ("car_park_lane.mp4", null), ("residential_street.mp4", null), ("german_junction/frames", "german_junction/detections.json"),
    ];

    private static void MeasureLightBars(string folder, int seed, TextWriter output, JsonObject figures, CancellationToken cancellation)
    {
        (int found, int lit, int confused, int confusers, int alarms) = (0, 0, 0, 0, 0);
        (double seconds, double vehicleSeconds) = (0, 0);
        int[] foundOf = new int[LightBarScene.Bars.Length], litOf = new int[LightBarScene.Bars.Length];
        int[] confusedBy = new int[LightBarScene.Confusers.Length], confusersOf = new int[LightBarScene.Confusers.Length];
        foreach ((string path, string? detections) in Clips)
        {
            cancellation.ThrowIfCancellationRequested();
            string clip = Path.Combine(folder, path);
            double rate = clip.Contains("german", StringComparison.Ordinal) ? 30 : RawVideo.RateOf(clip);
            List<Frame> plain = RawVideo.Read(clip, rate);
            VehicleTracks tracks = detections is null ? VehicleTracks.OfMotion(plain) : VehicleTracks.OfDetections(Path.Combine(folder, detections));
            int every = (int)Math.Max(Math.Round(rate / 25), 1);
            int[] scored = [.. Enumerable.Range(0, tracks.All.Count).Where(t => IsScored(tracks.All[t], rate, plain.Count))];

            // Without lamps: each rate that a camera may have, every vehicle however short.
            foreach (int step in rate >= 20 ? (int[])[1, 2, 3] : [1])
            {
                LightBarScore score = LightBarScore.Of(plain, tracks.All, rate, step);
                seconds += score.Seconds;
                vehicleSeconds += score.VehicleSeconds;
                foreach ((long vehicle, (double evidence, _, _)) in score.Vehicles.Where(v => v.Value.Reported))
                {
                    alarms++;
                    output.WriteLine(FormattableString.Invariant($"false alarm {path} at {rate / step:0.0} fps: vehicle {vehicle}, {evidence:0.0} nats"));
                }
            }

            for (int pass = 0; pass < 2; pass++)
            {
                Random random = new(seed + pass);
                List<Frame> scene = [.. plain.Select(f => f.Copy())];
                Dictionary<int, int> bars = [], others = [];
                foreach ((int track, int i) in scored.Select((t, i) => (t, i)))
                {
                    if ((i + pass) % 2 == 0)
                    {
                        bars[track] = random.Next(LightBarScene.Bars.Length);
                        LightBarScene.DrawBar(scene, tracks.All[track], bars[track], rate, random);
                    }
                    else
                    {
                        others[track] = random.Next(LightBarScene.Confusers.Length);
                        LightBarScene.DrawConfuser(scene, tracks.All[track], others[track], rate, random);
                    }
                }

                List<Frame> compressed = RawVideo.Compress(scene, rate, 27);
                scene.ForEach(f => f.Dispose());
                LightBarScore score = LightBarScore.Of(compressed, tracks.All, rate, every);
                compressed.ForEach(f => f.Dispose());
                int here = 0, wrong = 0;
                foreach ((int track, int kind) in bars)
                {
                    (double evidence, bool reported, double _) = score.Vehicles.GetValueOrDefault(track);
                    litOf[kind]++;
                    foundOf[kind] += reported ? 1 : 0;
                    here += reported ? 1 : 0;
                    if (!reported)
                    {
                        output.WriteLine(FormattableString.Invariant(
                            $"missed {path}: vehicle {track} of {tracks.All[track].Values.Average(b => b.Width):0} px for {tracks.All[track].Count / rate:0.0} s, {LightBarScene.Bars[kind]}: {evidence:0.0} nats"));
                    }
                }

                foreach ((int track, int kind) in others)
                {
                    bool reported = score.Vehicles.GetValueOrDefault(track).Reported;
                    confusersOf[kind]++;
                    confusedBy[kind] += reported ? 1 : 0;
                    wrong += reported ? 1 : 0;
                    if (reported)
                    {
                        output.WriteLine(FormattableString.Invariant(
                            $"confused {path}: vehicle {track}, {LightBarScene.Confusers[kind]}: {score.Vehicles[track].Evidence:0.0} nats"));
                    }
                }

                output.WriteLine($"{path,-28} pass {pass + 1}: {here} of {bars.Count} light bars, {wrong} of {others.Count} confusers");
                (found, lit, confused, confusers) = (found + here, lit + bars.Count, confused + wrong, confusers + others.Count);
            }

            plain.ForEach(f => f.Dispose());
        }

        for (int k = 0; k < litOf.Length; k++)
        {
            output.WriteLine($"  {LightBarScene.Bars[k],-34} {foundOf[k],3} of {litOf[k],3}");
        }

        for (int k = 0; k < confusersOf.Length; k++)
        {
            output.WriteLine($"  {LightBarScene.Confusers[k],-34} {confusedBy[k],3} of {confusersOf[k],3} taken for a light bar");
        }

        double hours = seconds / 3600;
        figures["lightbar_recall"] = Math.Round(found / (double)Math.Max(lit, 1), 4);
        figures["lightbars"] = lit;
        figures["confusers_reported"] = confused;
        figures["confusers"] = confusers;
        figures["false_alarms"] = alarms;
        figures["false_alarms_per_hour"] = Math.Round(alarms / hours, 3);
        // Poisson: exact for no alarm (3.0), close above.
        figures["false_alarms_per_hour_upper_95"] = Math.Round((alarms == 0 ? 3.0 : alarms + 1.645 * Math.Sqrt(alarms) + 2) / hours, 2);
        figures["hours_scored"] = Math.Round(hours, 4);
        figures["vehicle_hours_scored"] = Math.Round(vehicleSeconds / 3600, 3);
    }

    private static bool IsScored(Dictionary<int, VehicleBox> boxes, double rate, int frames) =>
        boxes.Count / rate >= LeastSeconds && boxes.Keys.Max() < frames && boxes.Values.Average(b => b.Width) >= LeastWidth;

    private static void MeasureVideo(string file, TextWriter output, JsonObject figures)
    {
        double rate = RawVideo.RateOf(file);
        List<Frame> frames = RawVideo.Read(file);
        VehicleTracks tracks = VehicleTracks.OfMotion(frames);
        // A vehicle that stands from the first frame on, or fills the picture, is not in the tracks: regions all over the picture stand for it.
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
        LightBarScore score = LightBarScore.Of(frames, regions, rate, (int)Math.Max(Math.Round(rate / 25), 1), reading =>
        {
            if (reading.IsOn && on.Add(reading.Vehicle))
            {
                output.WriteLine(FormattableString.Invariant(
                    $"{(reading.Time - DateTimeOffset.UnixEpoch).TotalSeconds,8:0.0} s  {(reading.Vehicle < tracks.All.Count ? "vehicle" : "region "),-8}{reading.Vehicle,5}  {reading.Colour,-5} {reading.FrequencyHz:0.00} Hz  {reading.LogLikelihoodRatio:0.0} nats"));
            }
        });
        figures["seconds"] = Math.Round(score.Seconds, 1);
        figures["vehicles"] = tracks.All.Count;
        figures["lightbars_on_vehicles"] = on.Count(v => v < tracks.All.Count);
        figures["lightbars_in_regions"] = on.Count(v => v >= tracks.All.Count);
        figures["lightbar_found"] = on.Count > 0;
    }
}
