namespace Sensing.Models;

/// <summary>What a pipeline asks a model store for.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">The version; null: the newest.</param>
/// <param name="Digest">SHA-256 that the bytes must have, hexadecimal; null: any that the store vouches for.</param>
public sealed record ModelReference(string Name, string? Version = null, string? Digest = null)
{
    public override string ToString() => $"{Name}{(Version is null ? "" : $" {Version}")}{(Digest is null ? "" : $" (sha256 {Digest})")}";
}
