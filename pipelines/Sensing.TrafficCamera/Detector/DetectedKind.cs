using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Detector;

/// <summary>What a model tells of a vehicle. Its classes are coarser than those of tracks: a van is a car or a truck to most models.</summary>
public enum DetectedKind
{
    [JsonStringEnumMemberName("two-wheeler")]
    TwoWheeler,

    /// <summary>Car or van.</summary>
    [JsonStringEnumMemberName("car")]
    Car,

    [JsonStringEnumMemberName("van")]
    Van,

    /// <summary>Truck, pickup or delivery van.</summary>
    [JsonStringEnumMemberName("truck")]
    Truck,

    [JsonStringEnumMemberName("bus")]
    Bus,

    /// <summary>Ambulance, fire engine or police car.</summary>
    [JsonStringEnumMemberName("emergency")]
    Emergency,
}
