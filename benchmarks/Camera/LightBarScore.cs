using Sensing.TrafficCamera.LightBars;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>Light bars found on the vehicles of one clip.</summary>
internal sealed class LightBarScore
{
    /// <summary>The highest evidence of each vehicle, nats, and whether it was reported.</summary>
    public required IReadOnlyDictionary<long, (double Evidence, bool Reported, double SecondsToReport)> Vehicles { get; init; }

    /// <summary>All readings, in order.</summary>
    public required IReadOnlyList<LightBarReading> Readings { get; init; }

    /// <summary>Time of the clip, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Time of all its vehicles together, s.</summary>
    public required double VehicleSeconds { get; init; }

    /// <summary>Runs the detector over each n-th frame.</summary>
    public static LightBarScore Of(
        List<Frame> frames, IReadOnlyList<Dictionary<int, VehicleBox>> tracks, double rate, int every = 1,
        Action<LightBarReading>? each = null)
    {
        LightBarDetector detector = new(new LightBarOptions { MaxVehicles = 256 });
        Dictionary<long, (double, bool, double)> found = [];
        Dictionary<long, DateTimeOffset> first = [];
        List<RoofRegion> roofs = [];
        List<LightBarReading> readings = [];
        int vehicleFrames = 0;
        void Take(LightBarReading reading)
        {
            (double evidence, bool reported, double after) = found.GetValueOrDefault(reading.Vehicle);
            after = reading.IsOn && !reported ? (reading.Time - first[reading.Vehicle]).TotalSeconds : after;
            evidence = found.ContainsKey(reading.Vehicle) ? Math.Max(evidence, reading.LogLikelihoodRatio) : reading.LogLikelihoodRatio;
            found[reading.Vehicle] = (evidence, reported | reading.IsOn, after);
            readings.Add(reading);
            each?.Invoke(reading);
        }

        for (int f = 0; f < frames.Count; f += every)
        {
            roofs.Clear();
            for (int t = 0; t < tracks.Count; t++)
            {
                if (tracks[t].TryGetValue(f, out VehicleBox box))
                {
                    roofs.Add(RoofRegion.OfBox(t, box.Left, box.Top, box.Width, box.Height));
                    first.TryAdd(t, frames[f].Time);
                }
            }

            vehicleFrames += roofs.Count;
            detector.Next(frames[f], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(roofs), Take);
        }

        return new LightBarScore
        {
            Vehicles = found,
            Readings = readings,
            Seconds = frames.Count / rate,
            VehicleSeconds = vehicleFrames * every / rate,
        };
    }
}
