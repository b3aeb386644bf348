using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.snapshot.v1</c>: what the camera shows at the event's time, made unrecognisable for persons and plates.</summary>
public sealed record Snapshot
{
    [Description("Name of the approach; the first where the camera sees several.")]
    public required string Approach { get; init; }

    [Description("Width of the picture, pixels.")]
    public required int Width { get; init; }

    [Description("Height of the picture, pixels.")]
    public required int Height { get; init; }

    [Description("The picture as JPEG, base64.")]
    public required byte[] Jpeg { get; init; }
}
