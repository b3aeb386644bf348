using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Sight;

/// <summary>What spoils the sight most.</summary>
public enum SightReason
{
    /// <summary>Nothing worth a word.</summary>
    [JsonStringEnumMemberName("clear")]
    Clear,

    [JsonStringEnumMemberName("haze")]
    Haze,

    [JsonStringEnumMemberName("fog")]
    Fog,

    /// <summary>Too little light.</summary>
    [JsonStringEnumMemberName("dark")]
    Dark,

    [JsonStringEnumMemberName("noise")]
    Noise,

    [JsonStringEnumMemberName("rain")]
    Rain,

    [JsonStringEnumMemberName("shake")]
    Shake,

    /// <summary>A large part of the picture is at the sensor's limit.</summary>
    [JsonStringEnumMemberName("glare")]
    Glare,

    /// <summary>The picture shows next to nothing.</summary>
    [JsonStringEnumMemberName("blank")]
    Blank,
}
