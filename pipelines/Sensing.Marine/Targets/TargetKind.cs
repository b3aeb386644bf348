using System.Text.Json.Serialization;

namespace Sensing.Marine.Targets;

/// <summary>What a target is, by how it reports.</summary>
public enum TargetKind
{
    [JsonStringEnumMemberName("class-a")]
    ClassA,

    [JsonStringEnumMemberName("class-b")]
    ClassB,

    [JsonStringEnumMemberName("base-station")]
    BaseStation,

    [JsonStringEnumMemberName("aid-to-navigation")]
    Aid,

    [JsonStringEnumMemberName("sar-aircraft")]
    SarAircraft,

    /// <summary>A search and rescue transmitter (MMSI 970…).</summary>
    [JsonStringEnumMemberName("sart")]
    Sart,

    /// <summary>A person overboard (MMSI 972…).</summary>
    [JsonStringEnumMemberName("mob")]
    Mob,

    /// <summary>An emergency position-indicating radio beacon (MMSI 974…).</summary>
    [JsonStringEnumMemberName("epirb")]
    Epirb,

    /// <summary>A target that own ship's radar tracks and that no AIS target explains.</summary>
    [JsonStringEnumMemberName("radar")]
    Radar,
}
