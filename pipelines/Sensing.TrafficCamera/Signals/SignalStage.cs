using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Where the junction is between two phases.</summary>
public enum SignalStage
{
    /// <summary>A phase has its greens.</summary>
    [JsonStringEnumMemberName("green")]
    Green,

    /// <summary>The groups that end show yellow.</summary>
    [JsonStringEnumMemberName("yellow")]
    Yellow,

    /// <summary>The groups that ended are red and the junction clears.</summary>
    [JsonStringEnumMemberName("allRed")]
    AllRed,
}
