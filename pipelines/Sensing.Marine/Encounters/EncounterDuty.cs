using System.Text.Json.Serialization;

namespace Sensing.Marine.Encounters;

/// <summary>What the rules ask of own ship.</summary>
public enum EncounterDuty
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Rule 16.</summary>
    [JsonStringEnumMemberName("give-way")]
    GiveWay,

    /// <summary>Rules 14 and 19: each vessel acts.</summary>
    [JsonStringEnumMemberName("both-give-way")]
    BothGiveWay,

    /// <summary>Rule 17: keep course and speed, and act when the other vessel does not.</summary>
    [JsonStringEnumMemberName("stand-on")]
    StandOn,
}
