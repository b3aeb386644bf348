namespace Sensing.Models;

/// <summary>A list of models, as <c>manifest.json</c> of a folder, of a package or of the cloud's registry.</summary>
public sealed record ModelManifest
{
    public required IReadOnlyList<ModelManifestEntry> Models { get; init; }
}
