using System.Text.Json.Serialization;

namespace Sensing.Das.Events;

/// <summary>Which way along the fibre.</summary>
public enum TravelDirection
{
    /// <summary>Towards larger distance.</summary>
    [JsonStringEnumMemberName("increasing")]
    Increasing,

    /// <summary>Towards smaller distance.</summary>
    [JsonStringEnumMemberName("decreasing")]
    Decreasing,
}
