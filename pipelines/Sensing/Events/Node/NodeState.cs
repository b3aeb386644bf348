using System.Text.Json.Serialization;

namespace Sensing.Events.Node;

public enum NodeState
{
    [JsonStringEnumMemberName("online")]
    Online,

    /// <summary>Said by the node on a graceful stop.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Said by the broker for a node that went without a word (last will).</summary>
    [JsonStringEnumMemberName("offline")]
    Offline,
}
