using Sensing.Events.Das;
using Sensing.Events.Node;

namespace Sensing.Events;

/// <summary>The catalogue of event types. A new type is one line here and one payload record.</summary>
public static class EventTypes
{
    public static readonly EventType<VehiclePassage> DasVehicle = new(
        "sensing.das.vehicle.v1", EventPriority.Fact,
        "A vehicle has passed along a fibre section.", EventJson.Default.VehiclePassage);

    public static readonly EventType<TrafficFlow> DasFlow = new(
        "sensing.das.flow.v1", EventPriority.Fact,
        "Counts, speeds, headway and occupancy of one window, direction and class.", EventJson.Default.TrafficFlow);

    public static readonly EventType<DayProfile> DasProfile = new(
        "sensing.das.profile.v1", EventPriority.Fact,
        "An hour's traffic against what this hour of the day usually brings.", EventJson.Default.DayProfile);

    public static readonly EventType<WaterfallTile> DasWaterfall = new(
        "sensing.das.waterfall.v1", EventPriority.Telemetry,
        "A few seconds of the conditioned fibre image, reduced for display.", EventJson.Default.WaterfallTile);

    public static readonly EventType<StreamNotice> NodeNotice = new(
        "sensing.node.notice.v1", EventPriority.Fact,
        "Something about a stream's input that a person should know: a gap, a damaged file, a restart.", EventJson.Default.StreamNotice);

    public static readonly EventType<OutboxLoss> NodeLoss = new(
        "sensing.node.loss.v1", EventPriority.Alarm,
        "Events were dropped because the outbox was full or they were too old.", EventJson.Default.OutboxLoss);

    public static readonly EventType<NodeStatus> NodeStatus = new(
        "sensing.node.status.v1", EventPriority.Telemetry,
        "State of a node: streams, outbox, clock. Retained; its last will says offline.", EventJson.Default.NodeStatus);

    /// <summary>All types, in the order of their names.</summary>
    public static IReadOnlyList<IEventType> All { get; } =
        new IEventType[] { DasVehicle, DasFlow, DasProfile, DasWaterfall, NodeNotice, NodeLoss, NodeStatus }
            .OrderBy(type => type.Name.ToString(), StringComparer.Ordinal).ToArray();

    /// <summary>The same by their names.</summary>
    public static IReadOnlyDictionary<EventTypeName, IEventType> ByName { get; } = All.ToDictionary(type => type.Name);
}
