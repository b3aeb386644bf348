using Sensing.Events;

namespace Sensing.Das.Events;

/// <summary>The event types of the fibre pipeline.</summary>
public static class DasEvents
{
    public static readonly EventType<VehiclePassage> Vehicle = new(
        "sensing.das.vehicle.v1", "Vehicle", EventPriority.Fact,
        "A vehicle has passed along a fibre section.", DasEventJson.Default.VehiclePassage)
    {
        Measures = [new EventMeasure("speedKmh", "Speed", "km/h")],
    };

    public static readonly EventType<TrafficFlow> Flow = new(
        "sensing.das.flow.v1", "Flow", EventPriority.Fact,
        "Counts, speeds, headway and occupancy of one window, direction and class.", DasEventJson.Default.TrafficFlow);

    public static readonly EventType<DayProfile> Profile = new(
        "sensing.das.profile.v1", "Day profile", EventPriority.Fact,
        "An hour's traffic against what this hour of the day usually brings.", DasEventJson.Default.DayProfile);

    public static readonly EventType<WaterfallTile> Waterfall = new(
        "sensing.das.waterfall.v1", "Waterfall", EventPriority.Telemetry,
        "A few seconds of the conditioned fibre image, reduced for display.", DasEventJson.Default.WaterfallTile)
    {
        Retention = TimeSpan.FromHours(6),
    };

    public static readonly EventFamily Family = new("das", "Fibre", Vehicle, Flow, Profile, Waterfall);
}
