using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Events;

/// <summary>Whether a fault begins or ends.</summary>
public enum CameraFaultPhase
{
    [JsonStringEnumMemberName("begin")]
    Begin,

    [JsonStringEnumMemberName("end")]
    End,
}
