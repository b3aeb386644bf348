using System.Text.Json.Serialization;

namespace Sensing.Marine.Targets;

/// <summary>How far a target can be relied on.</summary>
public enum TargetState
{
    /// <summary>Too few reports: it may be a mistake.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,

    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>No report for some time: it is shown where it would be, and alarms no more.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,

    /// <summary>Forgotten.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,
}
