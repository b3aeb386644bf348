using System.ComponentModel;

namespace Sensing.Drones.Events;

/// <summary>Payload of <c>sensing.drone.result.v1</c>: a segment whose tasks have all ended. The event's time is the
/// segment's.</summary>
public sealed record DroneResult
{
    [Description("Name of the drone.")]
    public required string Drone { get; init; }

    [Description("Number of the drone's segment, from 0.")]
    public required long Segment { get; init; }

    [Description("Width of the camera's picture, pixels.")]
    public required int Width { get; init; }

    [Description("Height of the camera's picture, pixels.")]
    public required int Height { get; init; }

    [Description("Its tasks, in the order of their types.")]
    public required IReadOnlyList<TaskReport> Tasks { get; init; }

    [Description("Persons that its tasks have found, best first.")]
    public required IReadOnlyList<PersonReport> Persons { get; init; }

    [Description("Persons counted by the task of crowd density; absent where it brought no result.")]
    public int? Crowd { get; init; }

    [Description("Class of the nearest object; absent where no task asked or there is none.")]
    public string? NearestObject { get; init; }

    [Description("Its distance from the camera, m. Its error has not been measured.")]
    public double? NearestObjectM { get; init; }

    [Description("The picture as JPEG, base64, faces and heads made unrecognisable; absent except at the interval of pictures.")]
    public byte[]? Jpeg { get; init; }
}
