using MQTTnet;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Publishing;

/// <summary>What the node says about itself: its status as a retained message and as a last will.</summary>
/// <param name="Site">Site.</param>
/// <param name="Node">Node.</param>
/// <param name="Status">Makes the status of this moment.</param>
public sealed record NodeVoice(string Site, string Node, Func<NodeState, NodeStatus> Status)
{
    public string Topic => MqttMessages.StatusTopic(Site, Node);

    public StreamAddress Address => new(Site, Node, NodeConfiguration.OwnStream);

    internal SensorEvent Event(NodeState state)
    {
        NodeStatus status = Status(state);
        return NodeEvents.Status.Create(Address, status.SentAt, state.ToString(), status);
    }

    internal MqttApplicationMessage Message(NodeState state) => MqttMessages.Of(Event(state), Topic, retain: true);
}
