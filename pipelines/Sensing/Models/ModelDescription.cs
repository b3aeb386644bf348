namespace Sensing.Models;

/// <summary>A model that a store has.</summary>
/// <param name="Name">Its name, for example <c>vehicle-detector</c>.</param>
/// <param name="Version">Its version; versions of one name are ordered by the numbers in them.</param>
/// <param name="Digest">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Length">Its length, bytes.</param>
public sealed record ModelDescription(string Name, string Version, string Digest, long Length);
