namespace Sensing.Vision.Onnx.Detection;

/// <summary>An object that a model found in a frame.</summary>
/// <param name="Class">Number of its class among the model's, from 0.</param>
/// <param name="Score">How sure the model is, 0…1.</param>
/// <param name="Left">Left edge of its box, pixels of the camera's own picture.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
public readonly record struct ObjectDetection(int Class, float Score, float Left, float Top, float Right, float Bottom);
