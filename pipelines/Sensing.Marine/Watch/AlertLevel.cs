using System.Text.Json.Serialization;

namespace Sensing.Marine.Watch;

/// <summary>How urgent it is.</summary>
public enum AlertLevel
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("alarm")]
    Alarm,
}
