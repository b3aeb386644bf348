namespace Sensing.Vision.Onnx.Tfjs;

/// <summary>A TensorFlow.js model that cannot be read or converted: names the node, the problem and the remedy.</summary>
public sealed class TfjsException(string problem, Exception? inner = null) : Exception(problem, inner);
