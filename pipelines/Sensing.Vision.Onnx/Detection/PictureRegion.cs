namespace Sensing.Vision.Onnx.Detection;

/// <summary>The part of a frame that a model looks at, pixels of the frame.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Width">Width, at least 1.</param>
/// <param name="Height">Height, at least 1.</param>
public readonly record struct PictureRegion(int Left, int Top, int Width, int Height);
