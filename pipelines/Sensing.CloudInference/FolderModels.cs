using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Models;

namespace Sensing.CloudInference;

/// <summary>The models of a folder with a <c>manifest.json</c>, read once.</summary>
/// <param name="folder">The folder.</param>
internal sealed class FolderModels(string folder) : IModelStore
{
    public IReadOnlyList<ModelDescription> List() => ModelChoice.Ordered(Manifest().Select(Describe));

    public ModelDescription Find(ModelReference reference) => ModelChoice.Of(Manifest().Select(Describe), reference) ?? throw new ModelException(
        folder, $"there is no model {reference}.", "Import the models with 'edge-node drone import-models --models FOLDER'.");

    public ReadOnlyMemory<byte> Read(ModelDescription model)
    {
        ModelManifestEntry entry = Manifest().First(entry => (entry.Name, entry.Version) == (model.Name, model.Version));
        byte[] bytes = Bytes(Path.Combine(folder, entry.File));
        return model.Digest.Length == 0 || Convert.ToHexStringLower(SHA256.HashData(bytes)) == model.Digest ? bytes : throw new ModelException(
            entry.File, $"the file does not have the SHA-256 {model.Digest}.", "Import the models again.");
    }

    private static ModelDescription Describe(ModelManifestEntry entry) => new(entry.Name, entry.Version, entry.Digest?.ToLowerInvariant() ?? "", 0);

    private IReadOnlyList<ModelManifestEntry> Manifest()
    {
        string file = Path.Combine(folder, "manifest.json");
        try
        {
            return JsonSerializer.Deserialize(Bytes(file), ModelManifestJson.Default.ModelManifest)?.Models ?? [];
        }
        catch (JsonException error)
        {
            throw new ModelException(file, $"not a manifest of models: {error.Message}", "Import the models again.", error);
        }
    }

    private byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(folder, error.Message, "Import the models with 'edge-node drone import-models --models FOLDER'.", error);
        }
    }
}
