using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Models;

namespace Sensing.Marine.Refinement;

/// <summary>The models that came with the program: <c>models/NAME/manifest.json</c> beside it.</summary>
internal static class PackagedModels
{
    /// <summary>The newest of a name; null: none came with it.</summary>
    /// <exception cref="ModelException">It cannot be read, or is damaged.</exception>
    public static PackagedModel? Newest(string name, string programDirectory)
    {
        string folder = Path.Combine(programDirectory, "models", name), manifest = Path.Combine(folder, "manifest.json");
        if (!File.Exists(manifest))
        {
            return null;
        }

        try
        {
            IReadOnlyList<ModelManifestEntry> entries = JsonSerializer.Deserialize(File.ReadAllBytes(manifest), ModelManifestJson.Default.ModelManifest)?.Models ?? [];
            ModelDescription? newest = ModelChoice.Of(
                entries.Select(entry => new ModelDescription(entry.Name, entry.Version, entry.Digest ?? "", 0)), new ModelReference(name));
            if (newest is null)
            {
                return null;
            }

            byte[] file = File.ReadAllBytes(Path.Combine(folder, entries.First(entry => (entry.Name, entry.Version) == (newest.Name, newest.Version)).File));
            string digest = Convert.ToHexStringLower(SHA256.HashData(file));
            return newest.Digest is "" || newest.Digest == digest
                ? new PackagedModel(newest with { Digest = digest, Length = file.Length }, file)
                : throw new ModelException(folder, $"the file of {name} {newest.Version} does not have its digest.", "Install the program again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException(folder, error.Message, "Install the program again.", error);
        }
    }
}
