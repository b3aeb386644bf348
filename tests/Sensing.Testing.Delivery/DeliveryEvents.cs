using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <summary>Events with known ids: vehicles of made-up fibres, about 300 bytes each.</summary>
public static class DeliveryEvents
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The events of one node, a second apart within a stream, the streams in turn.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="streams">Its streams.</param>
    /// <param name="count">Events of all streams together.</param>
    public static SensorEvent[] Create(string node, int streams, int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => DasEvents.Vehicle.Create(
            new StreamAddress("delivery", node, $"fibre-{number % streams}"),
            Start.AddSeconds(number / streams),
            "",
            new VehiclePassage
            {
                Direction = number % 2 == 0 ? TravelDirection.Increasing : TravelDirection.Decreasing,
                SpeedKmh = 40 + (number % 90),
                SpeedStandardErrorKmh = 0.7,
                Class = VehicleClass.Small,
                ClassProbability = 0.93,
                ReferenceM = 250,
                StartM = 0,
                EndM = 500,
                Amplitude = 4.2e-9,
                Confidence = 0.85,
                Track = [.. Enumerable.Range(0, 5).Select(point => new TrackPoint(point * 4.5, point * 125))],
            })),
    ];
}
