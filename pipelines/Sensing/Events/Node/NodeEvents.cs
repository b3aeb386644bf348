namespace Sensing.Events.Node;

/// <summary>What a node reports about itself and its streams, whatever pipelines it runs.</summary>
public static class NodeEvents
{
    public static readonly EventType<StreamNotice> Notice = new(
        "sensing.node.notice.v1", "Notice", EventPriority.Fact,
        "Something about a stream's input that a person should know: a gap, a damaged file, a restart.", NodeEventJson.Default.StreamNotice);

    public static readonly EventType<OutboxLoss> Loss = new(
        "sensing.node.loss.v1", "Loss", EventPriority.Alarm,
        "Events were dropped because the outbox was full or they were too old.", NodeEventJson.Default.OutboxLoss);

    public static readonly EventType<NodeStatus> Status = new(
        "sensing.node.status.v1", "Status", EventPriority.Telemetry,
        "State of a node: streams, outbox, clock. Retained; its last will says offline.", NodeEventJson.Default.NodeStatus);

    public static readonly EventFamily Family = new("node", "Nodes", Notice, Loss, Status);
}
