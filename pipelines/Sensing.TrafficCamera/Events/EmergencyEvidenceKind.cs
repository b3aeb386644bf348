using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Events;

/// <summary>What speaks for an emergency vehicle.</summary>
public enum EmergencyEvidenceKind
{
    /// <summary>A flashing light bar on the roof.</summary>
    [JsonStringEnumMemberName("lightBar")]
    LightBar,

    /// <summary>A siren in the sound.</summary>
    [JsonStringEnumMemberName("siren")]
    Siren,

    /// <summary>The class that a detection model gives the vehicle.</summary>
    [JsonStringEnumMemberName("detector")]
    Detector,
}
