using System.Text.Json.Serialization;

namespace Sensing.Marine.Watch;

/// <summary>Why there is an alert.</summary>
public enum AlertReason
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>CPA and TCPA are within the limits.</summary>
    [JsonStringEnumMemberName("closest-approach")]
    ClosestApproach,

    /// <summary>The target is in the guard zone.</summary>
    [JsonStringEnumMemberName("guard-zone")]
    GuardZone,

    /// <summary>A SART, a person overboard or an EPIRB.</summary>
    [JsonStringEnumMemberName("distress")]
    Distress,

    /// <summary>Own ship has left its circle about the anchor.</summary>
    [JsonStringEnumMemberName("anchor")]
    Anchor,
}
