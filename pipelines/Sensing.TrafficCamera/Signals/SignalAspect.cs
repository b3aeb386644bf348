using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Signals;

/// <summary>What a signal group shows.</summary>
public enum SignalAspect
{
    [JsonStringEnumMemberName("red")]
    Red,

    [JsonStringEnumMemberName("yellow")]
    Yellow,

    /// <summary>Protected: no conflicting group is green.</summary>
    [JsonStringEnumMemberName("green")]
    Green,

    /// <summary>Green that yields to a conflicting group, e.g. a left turn beside the opposing traffic.</summary>
    [JsonStringEnumMemberName("permissive")]
    Permissive,
}
