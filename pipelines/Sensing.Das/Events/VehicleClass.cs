using System.Text.Json.Serialization;

namespace Sensing.Das.Events;

/// <summary>What passed, by weight and spectrum.</summary>
public enum VehicleClass
{
    /// <summary>Cars and vans.</summary>
    [JsonStringEnumMemberName("small")]
    Small,

    /// <summary>Trucks and buses.</summary>
    [JsonStringEnumMemberName("large")]
    Large,

    /// <summary>Trams and trains, only where a stream is configured for them.</summary>
    [JsonStringEnumMemberName("rail")]
    Rail,
}
