namespace Sensing.TrafficCamera.Tracks;

/// <summary>A box in the picture, pixels of the working size.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
public readonly record struct PixelBox(float Left, float Top, float Right, float Bottom);
