namespace Sensing.Models;

/// <summary>A list of models, as <c>manifest.json</c> of a folder, of a package or of the cloud's registry.</summary>
public sealed record ModelManifest
{
    public required IReadOnlyList<ModelManifestEntry> Models { get; init; }

    /// <summary>SHA-256 of models that must not be used any more, hexadecimal; absent: none.</summary>
    public IReadOnlyList<string>? Withdrawn { get; init; }
}
