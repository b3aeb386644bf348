using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>The models of a folder, listed in its <c>manifest.json</c>, which is read again when it or one of the files changes.</summary>
/// <remarks>A file that is missing or damaged costs its own model only.</remarks>
/// <param name="folder">The folder.</param>
public sealed class FolderModelStore(string folder) : IModelStore
{
    private const string ManifestName = "manifest.json";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly Lock _gate = new();
    private DateTime? _readAt;
    private IReadOnlyList<FolderModel> _models = [];

    /// <exception cref="ModelException">The manifest cannot be read.</exception>
    public IReadOnlyList<ModelDescription> List() =>
        ModelChoice.Ordered(Listed().Where(listed => listed.Problem is null).Select(listed => listed.Model));

    /// <exception cref="ModelException">The manifest cannot be read, lists no such model, or its file is missing or damaged.</exception>
    public ModelDescription Find(ModelReference reference)
    {
        IReadOnlyList<FolderModel> listed = Listed();
        ModelDescription found = ModelChoice.Of(listed.Select(item => item.Model), reference)
            ?? throw new ModelException(
                _folder, $"there is no model {reference}.", $"Put its file there and list it in {ManifestName} (docs/edge-node.md).");
        return listed.First(item => item.Model == found).Problem is { } problem ? throw problem : found;
    }

    public ReadOnlyMemory<byte> Read(ModelDescription model)
    {
        string path = Entry(model)?.Path
            ?? throw new ModelException(
                _folder, $"the model {model.Name} {model.Version} has gone or changed.", $"Check it in {ManifestName}, then restart the stream.");
        byte[] bytes = Bytes(path);
        return Digest(bytes) == model.Digest ? bytes : throw Damaged(path, model.Digest);
    }

    /// <summary>All models of the manifest, with those that cannot be opened.</summary>
    internal IReadOnlyList<FolderModel> Listed()
    {
        string manifest = Path.Combine(_folder, ManifestName);
        lock (_gate)
        {
            // A folder without a manifest, or a file that is missing, has a time too: in the year 1601.
            DateTime writtenAt = File.GetLastWriteTimeUtc(manifest);
            if (writtenAt != _readAt || _models.Any(listed => File.GetLastWriteTimeUtc(listed.Path) != listed.WrittenAt))
            {
                _models = ReadManifest(manifest);
                _readAt = writtenAt;
            }

            return _models;
        }
    }

    /// <summary>The line of a model that was found earlier; null where the manifest has it no more, or with another digest.</summary>
    internal FolderModel? Entry(ModelDescription model) => Listed().FirstOrDefault(
        listed => (listed.Model.Name, listed.Model.Version, listed.Model.Digest) == (model.Name, model.Version, model.Digest));

    private List<FolderModel> ReadManifest(string manifest)
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

        if (read.Models.GroupBy(entry => (entry.Name, entry.Version)).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw new ModelException(
                manifest, $"{repeated.Key.Name} {repeated.Key.Version} is listed more than once.", "Give each file a version of its own.");
        }

        return [.. read.Models.Select(entry => Open(entry, manifest))];
    }

    private FolderModel Open(ModelManifestEntry entry, string manifest)
    {
        string path = Path.GetFullPath(Path.Combine(_folder, entry.File));
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ModelException(manifest, $"the file {entry.File} lies outside the folder.", "Name files below the manifest.");
        }

        DateTime writtenAt = File.GetLastWriteTimeUtc(path);
        string? expected = entry.Digest?.ToLowerInvariant();
        try
        {
            byte[] bytes = Bytes(path);
            string digest = Digest(bytes);
            var model = new ModelDescription(entry.Name, entry.Version, expected ?? digest, bytes.Length);
            return new FolderModel(model, path, writtenAt, model.Digest == digest ? null : Damaged(path, model.Digest));
        }
        catch (ModelException error)
        {
            return new FolderModel(new ModelDescription(entry.Name, entry.Version, expected ?? "", 0), path, writtenAt, error);
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
            throw new ModelException(_folder, error.Message, "Check the folder and its files.", error);
        }
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static ModelException Damaged(string path, string digest) =>
        new(path, $"the file does not have the SHA-256 {digest}.", "Copy it again, or correct its digest in the manifest.");
}
