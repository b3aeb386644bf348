namespace Sensing.Drones.Tasks;

/// <summary>A face that a model found.</summary>
/// <param name="Score">How sure the model is, 0…1.</param>
/// <param name="Left">Left edge of its box, pixels of the camera's own picture.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
/// <param name="Eyes">The point between the eyes.</param>
/// <param name="Mouth">The middle of the mouth.</param>
public readonly record struct Face(float Score, float Left, float Top, float Right, float Bottom, KeyPoint Eyes, KeyPoint Mouth);
