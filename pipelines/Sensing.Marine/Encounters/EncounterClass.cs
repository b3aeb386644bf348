using System.Text.Json.Serialization;

namespace Sensing.Marine.Encounters;

/// <summary>How two vessels in sight of one another meet, seen from own ship (COLREG rules 13 to 15).</summary>
public enum EncounterClass
{
    /// <summary>No risk of collision, or what a rule would need is not known.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Rule 14.</summary>
    [JsonStringEnumMemberName("head-on")]
    HeadOn,

    /// <summary>Rule 13, own ship overtakes.</summary>
    [JsonStringEnumMemberName("overtaking")]
    Overtaking,

    /// <summary>Rule 13, own ship is overtaken.</summary>
    [JsonStringEnumMemberName("being-overtaken")]
    BeingOvertaken,

    /// <summary>Rule 15 with the target to starboard, or rule 18.</summary>
    [JsonStringEnumMemberName("crossing-give-way")]
    CrossingGiveWay,

    /// <summary>Rule 15 with the target to port.</summary>
    [JsonStringEnumMemberName("crossing-stand-on")]
    CrossingStandOn,
}
