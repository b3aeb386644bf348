using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Das.Tracks;

namespace Sensing.Das.Tests.Classify;

/// <summary>Passages of which only time, direction, amplitude and vibration matter.</summary>
internal static class PassageMaker
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static ClassifiedPassage At(double seconds, double amplitude = 1e-6, double vibration = 1e-14, TravelDirection direction = TravelDirection.Increasing) => new(
        new Passage
        {
            Origin = Noon,
            Direction = direction,
            ReferenceM = 100,
            ReferenceSeconds = seconds,
            AtReference = true,
            SpeedMs = 20,
            SpeedErrorMs = 0.1,
            AccelerationMs2 = null,
            StartM = 0,
            StartSeconds = seconds - 5,
            EndM = 200,
            EndSeconds = seconds + 5,
            Evidence = 5,
            Amplitude = amplitude,
            Vibration = vibration,
            AlongsideSeconds = 1,
            Line = [(seconds - 5, 0), (seconds + 5, 200)],
        },
        VehicleClass.Small, 1);

    /// <summary>So many vehicles about one amplitude and one vibration (root mean square), a tenth of a decade wide.</summary>
    public static IEnumerable<ClassifiedPassage> About(int count, double amplitude, double vibration, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(i => At(10 * i, amplitude * Math.Pow(10, 0.1 * Normal()), Math.Pow(vibration * Math.Pow(10, 0.1 * Normal()), 2)))];
    }
}
