using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sirens;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera;

/// <summary>A frame with what the camera-wide steps have found. All of it belongs to the frame's turn: who keeps it copies it.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Sight">How well the camera sees.</param>
public readonly record struct SeenFrame(Frame Frame, SightReport Sight)
{
    /// <summary>The frame after bad sight was met; null: it needs nothing.</summary>
    public Frame? Restored { get; init; }

    /// <summary>Readings of the sound, those that this frame's sound completes.</summary>
    public IReadOnlyList<SirenReading> Sirens { get; init; } = [];

    /// <summary>Vehicle, shadow or road, for each pixel.</summary>
    public ForegroundMask Mask { get; init; } = null!;

    /// <summary>What the detection model found in an earlier frame; null: it has not answered since the last one.</summary>
    internal DetectorAnswer? Answer { get; init; }

    /// <summary>The command by which the model was asked about this frame; 0: it was not.</summary>
    internal long Asked { get; init; }
}
