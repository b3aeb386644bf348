using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Testing.Conformance;

namespace Sensing.Das.Tests.Events;

public class DasEventsTests
{
    private static readonly StreamAddress Stream = new("tunnel", "cabinet-1", "fibre-a");

    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_family_conforms() => EventFamilyConformance.Check(
        DasEvents.Family,
        DasEvents.Vehicle.Create(Stream, Noon, "", new VehiclePassage
        {
            Direction = TravelDirection.Decreasing,
            SpeedKmh = 81.5,
            SpeedStandardErrorKmh = 0.5,
            AccelerationMs2 = -0.25,
            Class = VehicleClass.Large,
            ClassProbability = 0.9,
            ReferenceM = 100,
            StartM = 0,
            EndM = 200,
            Amplitude = 1e-9,
            Confidence = 0.8,
            Track = [new TrackPoint(-1.5, 0), new TrackPoint(5, 200)],
        }),
        DasEvents.Flow.Create(Stream, Noon, "", new TrafficFlow
        {
            WindowMinutes = 15,
            Direction = TravelDirection.Increasing,
            Class = VehicleClass.Small,
            Count = 3,
            FlowPerHour = 12,
            MeanSpeedKmh = 74.25,
            Percentile85SpeedKmh = 95,
            MeanHeadwaySeconds = 420,
            Occupancy = 0.01,
            CoveredSeconds = 840,
        }),
        DasEvents.Profile.Create(Stream, Noon, "", new DayProfile
        {
            Hour = 12,
            Direction = TravelDirection.Increasing,
            Count = 5,
            UsualCount = 4.5,
            Deviation = 0.5,
            Days = 3,
        }),
        DasEvents.Waterfall.Create(Stream, Noon, "", new WaterfallTile
        {
            Rows = 1,
            Columns = 3,
            StepSeconds = 1,
            FirstM = 0,
            StepM = 1,
            Scale = 1e-9,
            Unit = "1/s",
            Levels = "AAAA",
        }));
}
