using Sensing.Streams;

namespace Sensing.Modules;

/// <summary>Names and patterns, as a source's option <c>files</c> holds them, to files.</summary>
public static class RecordingFiles
{
    /// <summary>The files in order; a pattern's in the order of their names.</summary>
    /// <param name="names">Names and patterns with * and ? in their last part.</param>
    /// <param name="baseDirectory">Folder that relative ones start from.</param>
    /// <param name="order">Order of the files that a pattern fits; null: ordinal.</param>
    /// <exception cref="SourceException">A pattern fits nothing, or its folder is not there.</exception>
    public static IReadOnlyList<(string Name, string Path)> Find(
        IEnumerable<string> names, string baseDirectory, IComparer<string>? order = null)
    {
        var files = new List<(string, string)>();
        foreach (string name in names)
        {
            string path = Path.GetFullPath(name, baseDirectory);
            string pattern = Path.GetFileName(path);
            if (!pattern.AsSpan().ContainsAny('*', '?'))
            {
                files.Add((name, path));
                continue;
            }

            string folder = Path.GetDirectoryName(path)!;
            string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
            if (found.Length == 0)
            {
                throw new SourceException(
                    path, null, Directory.Exists(folder) ? "No file fits this pattern." : "Its folder does not exist.", "Check the path.");
            }

            string prefix = name[..^pattern.Length];
            files.AddRange(found.Order(order ?? StringComparer.Ordinal).Select(file => (prefix + Path.GetFileName(file), file)));
        }

        return files;
    }
}
