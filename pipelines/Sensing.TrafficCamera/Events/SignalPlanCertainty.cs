using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Events;

/// <summary>How firm a change is.</summary>
public enum SignalPlanCertainty
{
    [JsonStringEnumMemberName("certain")]
    Certain,

    /// <summary>Not before.</summary>
    [JsonStringEnumMemberName("earliest")]
    Earliest,

    /// <summary>Not after, while others wait and no emergency vehicle holds the green.</summary>
    [JsonStringEnumMemberName("latest")]
    Latest,
}
