namespace Sensing.Vision.Onnx.Import;

/// <summary>A package that cannot be read, or is not the expected one: names it, the problem and the remedy.</summary>
public sealed class ImportException(string source, string problem, string remedy, Exception? inner = null)
    : Exception($"{source}: {problem} {remedy}", inner);
