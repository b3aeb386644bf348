using System.Text.Json;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Store;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Query;

/// <summary>A node's state as the API shows it.</summary>
internal static class NodeJson
{
    public static void Write(Utf8JsonWriter json, NodeEntry node, INodePresence presence)
    {
        json.WriteStartObject();
        json.WriteString("site", node.Site);
        json.WriteString("node", node.Node);
        json.WritePropertyName("status");
        // As it came, with what a newer node may say beyond what is known here.
        json.WriteRawValue(node.Status.Span);
        json.WriteString("receivedAt", EventTime.Format(node.Received));
        json.WriteBoolean("connected", presence.IsConnected(node.Site, node.Node) ?? SaysOnline(node));
        json.WriteEndObject();
    }

    private static bool SaysOnline(NodeEntry node) =>
        JsonSerializer.Deserialize(node.Status.Span, NodeEventJson.Default.NodeStatus)?.State == NodeState.Online;
}
