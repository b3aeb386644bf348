namespace Sensing.Vision.Onnx.Import;

/// <summary>A file of a package.</summary>
/// <param name="Path">Path in the package, below its root.</param>
/// <param name="Digest">SHA-256 that it must have, lower-case hexadecimal.</param>
public sealed record PackageFile(string Path, string Digest);
