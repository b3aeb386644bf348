using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Das.Tracks;
using Sensing.Events;

namespace Sensing.Das.Report;

/// <summary>A classified passage as an event.</summary>
internal static class VehicleReport
{
    public static SensorEvent Of(ClassifiedPassage vehicle, StreamAddress address, DasOptions options)
    {
        Passage passage = vehicle.Passage;
        DateTimeOffset time = passage.TimeOf(passage.ReferenceSeconds);
        return DasEvents.Vehicle.Create(
            address, time, $"{passage.Direction} {Round(passage.StartM, 2)} {Round(passage.EndM, 2)}", new VehiclePassage
            {
                Direction = passage.Direction,
                SpeedKmh = Round(passage.SpeedMs * 3.6, 2),
                SpeedStandardErrorKmh = Round(passage.SpeedErrorMs * 3.6, 2),
                AccelerationMs2 = passage.AccelerationMs2 is { } a ? Round(a, 3) : null,
                Class = vehicle.Class,
                ClassProbability = Round(vehicle.Probability, 3),
                ReferenceM = Round(passage.ReferenceM, 2),
                StartM = Round(passage.StartM, 2),
                EndM = Round(passage.EndM, 2),
                Amplitude = double.Parse(passage.Amplitude.ToString("E3")),
                Confidence = Round(passage.Evidence / (passage.Evidence + options.Detect.Threshold), 3),
                Track = [.. passage.Line.Select(p => new TrackPoint(
                    Round((passage.TimeOf(p.Seconds) - time).TotalSeconds, 3), Round(p.DistanceM, 2)))],
            });
    }

    private static double Round(double value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero);
}
