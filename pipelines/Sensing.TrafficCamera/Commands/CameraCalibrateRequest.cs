using Sensing.Modules;

namespace Sensing.TrafficCamera.Commands;

/// <summary>What <c>edge-node camera calibrate</c> was asked for.</summary>
internal sealed record CameraCalibrateRequest
{
    public required RecordingRequest Recording { get; init; }

    /// <summary>Where the picture is drawn.</summary>
    public required string OutFile { get; init; }

    /// <summary>Time of the frame after the first, s.</summary>
    public double AtSeconds { get; init; }
}
