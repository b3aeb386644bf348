using System.Text.Json.Serialization;

namespace Sensing.Marine;

/// <summary>Where own ship is: limits that suit the place.</summary>
public enum WatchProfile
{
    /// <summary>At anchor: no alarms of closest approaches; guard zone and anchor watch.</summary>
    [JsonStringEnumMemberName("anchor")]
    Anchor,

    [JsonStringEnumMemberName("harbour")]
    Harbour,

    [JsonStringEnumMemberName("coast")]
    Coast,

    [JsonStringEnumMemberName("offshore")]
    Offshore,
}
