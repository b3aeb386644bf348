using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Models;

namespace Sensing.Onnx;

/// <summary>Puts a model into a folder of models: the file, its licence, and its line in <c>manifest.json</c>.</summary>
public static class ModelFolder
{
    private const string ManifestName = "manifest.json";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Adds a model, or replaces the one of the same name and version. The manifest is written last.</summary>
    /// <param name="folder">The folder; it is created where it does not exist.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="version">Its version.</param>
    /// <param name="model">The ONNX file.</param>
    /// <param name="licence">Text of its licence; null: that of the program.</param>
    /// <exception cref="ModelException">The manifest that is there cannot be read.</exception>
    public static ModelDescription Add(string folder, string name, string version, byte[] model, byte[]? licence = null)
    {
        Directory.CreateDirectory(folder);
        string manifest = Path.Combine(folder, ManifestName), file = $"{name}-{version}.onnx";
        IEnumerable<ModelManifestEntry> others = Read(manifest).Where(entry => (entry.Name, entry.Version) != (name, version));
        string digest = Convert.ToHexStringLower(SHA256.HashData(model));
        ModelManifestEntry[] all = [.. others, new ModelManifestEntry { Name = name, Version = version, File = file, Digest = digest }];
        Replace(Path.Combine(folder, file), model);
        if (licence is not null)
        {
            Replace(Path.Combine(folder, $"{name}-{version}.LICENSE.txt"), licence);
        }

        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Indented))
        {
            JsonSerializer.Serialize(writer, new ModelManifest { Models = all }, ModelManifestJson.Default.ModelManifest);
        }

        Replace(manifest, [.. json.ToArray(), (byte)'\n']);
        return new ModelDescription(name, version, digest, model.Length);
    }

    private static IReadOnlyList<ModelManifestEntry> Read(string manifest)
    {
        if (!File.Exists(manifest))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(manifest), ModelManifestJson.Default.ModelManifest)?.Models ?? [];
        }
        catch (JsonException error)
        {
            throw new ModelException(manifest, $"not a manifest of models: {error.Message}", "Correct it (docs/edge-node.md).", error);
        }
    }

    /// <summary>A node that runs reads the old file or the new one, never a part.</summary>
    private static void Replace(string path, byte[] bytes)
    {
        string partial = path + ".part";
        File.WriteAllBytes(partial, bytes);
        File.Move(partial, path, overwrite: true);
    }
}
