using System.Security.Cryptography;
using System.Text.Json;
using Sensing.Models;

namespace Sensing.EdgeNode.Models;

/// <summary>The folder of models that were fetched: a folder of models like others, kept by this program alone.</summary>
/// <remarks>What is damaged is dropped when it is opened, and fetched again. One process at a time has it: the node's data folder is locked.</remarks>
internal sealed class FetchedModels
{
    private const string ManifestName = "manifest.json";

    /// <summary>Versions of a name that stay: those in use and before it, and some that were rejected.</summary>
    private const int MostVersions = 8;

    /// <summary>Digests that are remembered.</summary>
    private const int MostWithdrawn = 256;

    private readonly string _folder;
    private readonly Lock _gate = new();
    private List<ModelManifestEntry> _entries;
    private List<string> _withdrawn;

    private FetchedModels(string folder, List<ModelManifestEntry> entries, List<string> withdrawn)
    {
        (_folder, _entries, _withdrawn) = (folder, entries, withdrawn);
        Write();
        Store = new FolderModelStore(folder);
    }

    public FolderModelStore Store { get; }

    /// <summary>Digests of models that must not decide any more.</summary>
    public IReadOnlyCollection<string> Withdrawn
    {
        get
        {
            lock (_gate)
            {
                return [.. _withdrawn];
            }
        }
    }

    /// <param name="folder">The folder; it is created where it does not exist.</param>
    /// <param name="dropped">Files that were damaged, for the log.</param>
    public static FetchedModels Open(string folder, out IReadOnlyList<string> dropped)
    {
        Directory.CreateDirectory(folder);
        var lost = new List<string>();
        ModelManifest? manifest = null;
        string path = Path.Combine(folder, ManifestName);
        try
        {
            manifest = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelManifestJson.Default.ModelManifest) : null;
        }
        catch (JsonException)
        {
            lost.Add(ManifestName);
        }

        var entries = new List<ModelManifestEntry>();
        foreach (ModelManifestEntry entry in manifest?.Models ?? [])
        {
            string file = Path.Combine(folder, FileOf(entry.Name, entry.Version));
            if (entry.Digest is not null && File.Exists(file) && DigestOf(file) == entry.Digest)
            {
                entries.Add(entry);
            }
            else
            {
                lost.Add(entry.File);
            }
        }

        dropped = lost;
        return new FetchedModels(folder, entries, [.. manifest?.Withdrawn ?? []]);
    }

    /// <summary>The digest of a version that is here; null: it is not.</summary>
    public string? DigestOf(string name, string version)
    {
        lock (_gate)
        {
            return _entries.FirstOrDefault(entry => (entry.Name, entry.Version) == (name, version))?.Digest;
        }
    }

    /// <summary>Where a file lies while it is being fetched; what is there is continued, also after a restart.</summary>
    public string PartOf(string name, string version, string digest) => Path.Combine(_folder, $"{name}-{version}.{digest[..16]}.part");

    /// <summary>Takes a file that has been fetched and checked.</summary>
    public void Add(ModelManifestEntry model, string part)
    {
        lock (_gate)
        {
            string file = FileOf(model.Name, model.Version);
            File.Move(part, Path.Combine(_folder, file), overwrite: true);
            _entries = [.. _entries.Where(entry => (entry.Name, entry.Version) != (model.Name, model.Version)), model with { File = file }];
            List<ModelManifestEntry> old = [.. _entries.Where(entry => entry.Name == model.Name).SkipLast(MostVersions)];
            _entries.RemoveAll(old.Contains);
            Write();
            foreach (string path in old.Select(entry => Path.Combine(_folder, entry.File))
                .Concat(Directory.EnumerateFiles(_folder, $"{model.Name}-*.part")))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Remembers models that their publisher has withdrawn, for good.</summary>
    public void Withdraw(IEnumerable<string> digests)
    {
        lock (_gate)
        {
            string[] news = [.. digests.Except(_withdrawn)];
            if (news.Length > 0)
            {
                _withdrawn = [.. _withdrawn.Concat(news).TakeLast(MostWithdrawn)];
                Write();
            }
        }
    }

    internal static string DigestOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string FileOf(string name, string version) => $"{name}-{version}.onnx";

    /// <summary>The manifest of the folder: a stream that reads it sees the old one or the new one, also after a loss of power.</summary>
    private void Write()
    {
        string path = Path.Combine(_folder, ManifestName), partial = path + ".new";
        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(
                file, new ModelManifest { Models = _entries, Withdrawn = _withdrawn.Count == 0 ? null : _withdrawn }, ModelManifestJson.Default.ModelManifest);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }
}
