namespace Sensing.Drones.Live;

/// <summary>A model in memory.</summary>
/// <param name="Name">Its name, such as <c>centernet-416</c>.</param>
/// <param name="Digest">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Bytes">The ONNX file.</param>
public sealed record DroneModelFile(string Name, string Digest, ReadOnlyMemory<byte> Bytes);
