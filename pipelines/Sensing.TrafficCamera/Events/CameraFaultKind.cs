using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Events;

/// <summary>What is wrong with a camera.</summary>
public enum CameraFaultKind
{
    /// <summary>No frames arrive.</summary>
    [JsonStringEnumMemberName("dead")]
    Dead,

    /// <summary>The same picture again and again, noise included.</summary>
    [JsonStringEnumMemberName("frozen")]
    Frozen,

    /// <summary>Something in front of the lens hides the view.</summary>
    [JsonStringEnumMemberName("covered")]
    Covered,

    /// <summary>The camera looks elsewhere than when it was set up.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,
}
