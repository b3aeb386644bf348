using System.Text.Json.Serialization;

namespace Sensing.Marine.Impacts;

/// <summary>What shook the vessel.</summary>
public enum ImpactClass
{
    /// <summary>The sea alone.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The bow came out of the water and fell back.</summary>
    [JsonStringEnumMemberName("wave-slam")]
    WaveSlam,

    /// <summary>Starting, stopping, shifting or vibration of the engine.</summary>
    [JsonStringEnumMemberName("engine")]
    Engine,

    /// <summary>Something was touched and slid along the side.</summary>
    [JsonStringEnumMemberName("glancing")]
    Glancing,

    /// <summary>A blow from ahead.</summary>
    [JsonStringEnumMemberName("bow")]
    Bow,

    /// <summary>A blow from abeam.</summary>
    [JsonStringEnumMemberName("beam")]
    Beam,

    /// <summary>A blow from astern.</summary>
    [JsonStringEnumMemberName("stern")]
    Stern,
}
