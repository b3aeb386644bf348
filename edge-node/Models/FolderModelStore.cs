using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>The models of a folder, listed in its <c>manifest.json</c>. The manifest is read again when it changes.</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderModelStore(string folder) : IModelStore
{
    private const string ManifestName = "manifest.json";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly Lock _gate = new();
    private DateTime _readAt;
    private IReadOnlyList<(ModelDescription Model, string Path)> _models = [];

    /// <exception cref="ModelException">The manifest, or a file that it names, cannot be read or does not have its digest.</exception>
    public IReadOnlyList<ModelDescription> List() => ModelChoice.Ordered(Models().Select(entry => entry.Model));

    public ModelDescription Find(ModelReference reference) => ModelChoice.Of(Models().Select(entry => entry.Model), reference)
        ?? throw new ModelException(_folder, $"there is no model {reference}.", $"Put its file there and list it in {ManifestName} (docs/edge-node.md).");

    public ReadOnlyMemory<byte> Read(ModelDescription model)
    {
        string path = Models().FirstOrDefault(entry => entry.Model == model).Path
            ?? throw new ModelException(_folder, $"the model {model.Name} {model.Version} is gone.", $"List it in {ManifestName} again.");
        byte[] bytes = Bytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == model.Digest ? bytes : throw Damaged(path, model.Digest);
    }

    private IReadOnlyList<(ModelDescription Model, string Path)> Models()
    {
        string manifest = Path.Combine(_folder, ManifestName);
        lock (_gate)
        {
            DateTime writtenAt = File.GetLastWriteTimeUtc(manifest);
            if (writtenAt != _readAt)
            {
                _models = ReadManifest(manifest);
                _readAt = writtenAt;
            }

            return _models;
        }
    }

    private List<(ModelDescription Model, string Path)> ReadManifest(string manifest)
    {
        ModelManifest read;
        try
        {
            read = JsonSerializer.Deserialize(Bytes(manifest), ModelManifestJson.Default.ModelManifest)
                ?? throw new JsonException("the file is null");
        }
        catch (JsonException error)
        {
            throw new ModelException(manifest, $"not a manifest of models: {error.Message}", "Correct it (docs/edge-node.md).", error);
        }

        var models = new List<(ModelDescription, string)>();
        foreach (ModelManifestEntry entry in read.Models)
        {
            string path = Path.GetFullPath(Path.Combine(_folder, entry.File));
            if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new ModelException(manifest, $"the file {entry.File} lies outside the folder.", "Name files below the manifest.");
            }

            byte[] bytes = Bytes(path);
            string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (entry.Digest is { } expected && !expected.Equals(digest, StringComparison.OrdinalIgnoreCase))
            {
                throw Damaged(path, expected);
            }

            models.Add((new ModelDescription(entry.Name, entry.Version, digest, bytes.Length), path));
        }

        return models.GroupBy(entry => (entry.Item1.Name, entry.Item1.Version)).FirstOrDefault(same => same.Count() > 1) is { } repeated
            ? throw new ModelException(manifest, $"{repeated.Key.Name} {repeated.Key.Version} is listed more than once.", "Give each file a version of its own.")
            : models;
    }

    private byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(_folder, error.Message, "Check the folder and its files.", error);
        }
    }

    private static ModelException Damaged(string path, string digest) =>
        new(path, $"the file does not have the SHA-256 {digest}.", "Copy it again, or correct its digest in the manifest.");
}
