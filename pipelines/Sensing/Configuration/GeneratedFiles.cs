namespace Sensing.Configuration;

/// <summary>Files of the repository that are made from the code: schemas and references. Written, or compared with what lies there.</summary>
/// <param name="root">The repository.</param>
/// <param name="files">Text by path below the root.</param>
public sealed class GeneratedFiles(string root, IReadOnlyDictionary<string, string> files)
{
    /// <summary>The paths whose file is missing or holds another text.</summary>
    public IReadOnlyList<string> Stale() => [.. files
        .Where(file => !File.Exists(Path.Combine(root, file.Key)) || File.ReadAllText(Path.Combine(root, file.Key)) != file.Value)
        .Select(file => file.Key).Order(StringComparer.Ordinal)];

    /// <summary>Writes what is stale.</summary>
    /// <returns>The paths written.</returns>
    public IReadOnlyList<string> Write()
    {
        IReadOnlyList<string> stale = Stale();
        foreach (string path in stale)
        {
            string full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, files[path]);
        }

        return stale;
    }
}
