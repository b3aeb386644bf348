namespace Sensing.Drones.Tasks;

/// <summary>A point of a body or a face.</summary>
/// <param name="X">Pixels of the camera's own picture.</param>
/// <param name="Y">Pixels of the camera's own picture.</param>
/// <param name="Score">How sure the model is that it is seen there, 0…1.</param>
public readonly record struct KeyPoint(float X, float Y, float Score);
