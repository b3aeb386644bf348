using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Tasks;

/// <summary>What the tasks find out about one person in a frame.</summary>
/// <param name="Box">Where the person is, and how sure the detector is.</param>
/// <param name="VestScore">How much of the best band of the upper body is fluorescent, 0…1.</param>
/// <param name="HasVest">Whether the person wears a hazard vest.</param>
/// <param name="Pose">Key points by <see cref="BodyPart"/>; empty where no task asked for them.</param>
/// <param name="Face">The face; null where none can be seen.</param>
/// <param name="Mask">Whether the face wears a mask.</param>
public sealed record PersonReading(
    ObjectDetection Box, float VestScore, bool HasVest, IReadOnlyList<KeyPoint> Pose, Face? Face, MaskState Mask);
