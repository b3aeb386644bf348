namespace Sensing.Vision.Onnx.Tfjs;

/// <summary>An output that is taken from a graph.</summary>
/// <param name="Node">Name of the node in the TensorFlow.js graph.</param>
/// <param name="Name">Its name in the ONNX model.</param>
/// <param name="Shape">Its shape in the ONNX model: maps (four dimensions) have their channels first there.</param>
public sealed record TfjsOutput(string Node, string Name, params int[] Shape)
{
    /// <summary>Whether it is a map, whose channels come first in the ONNX model. Default: it has four dimensions.</summary>
    public bool IsMap { get; init; } = Shape.Length == 4;
}
